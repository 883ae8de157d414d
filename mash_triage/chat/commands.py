"""What is no answer but a wish about the conversation: skip, go back, explain, I have to go."""

import re

_PATTERNS = (
    ("undo", r"(?:please )?(?:undo|take (?:that|it) back|scrap that|delete that|forget (?:that"
        r"|what i said))"),
    ("back", r"(?:please )?(?:can (?:i|we) )?go(?:ing)? back|previous question"
        r"|last question again|back one"),
    ("skip", r"(?:please )?(?:(?:skip|next|pass|move on|next question)[ ,.]*)+|rather not say"
        r"|prefer not to say|(?:can we )?skip (?:this|that|it)|no comment|n/?a"),
    ("explain", r"(?:sorry )?(?:what do (?:you|u) mean|what does (?:that|this|it) mean(?: dear)?"
        r"|what'?s that mean|what is that|i don'?t understand|explain|come again|pardon"
        r"|what is ['\"]?\w+['\"]?|what'?s (?:your|a) ['\"]?\w+['\"]?|what do (?:you"
        r"|u) mean (?:by )?[\w ]{0,24}|idk what you mean by [\w ]{2,24}|huh|eh"
        r"|why do you (?:ask|need)[\w ]{0,20})"),
    ("unknown", r"(?:sorry )?(?:i )?(?:really )?(?:don'?t|do not|dont) know|dunno|idk|not sure"
        r"|no idea|haven'?t (?:a clue|got it)|no clue|can'?t remember|unknown|not known"),
    ("leave", r"(?:sorry )?(?:i(?:'ve|'m| have|'ll)? ?)?(?:(?:have|got|need|going) to|gotta|gtg"
        r"|must) (?:go|leave|run|dash)(?: now)?|bells? going i have to go|brb|save (?:this"
        r"|it)(?: for later)?|can i (?:go|finish|do the rest|do this)(?: now| later"
        r"| tomorrow| tmrw)*|ok can i do the rest tmrw|bye(?: for now)?|i'?ll come back"
        r"|gotta go.*|got to go|can i go now|ok thank u bye"),
    ("silence", r"(?:hang|hold) on|(?:just )?(?:a|one) (?:sec(?:ond)?|min(?:ute)?|moment)"
        r"|give me a (?:sec(?:ond)?|min(?:ute)?|moment)|wait"),
    ("form", r"(?:can i |i'?d rather |let me )?(?:use|do|fill in|switch to|go to|see|open"
        r"|have) (?:in )?(?:the|a) form(?: instead)?|form please"
        r"|hand over to (?:the )?form"),
    ("resume", r"(?:ok )?(?:i'?m |im )?back(?: again| now)?"),
)  # fmt: skip
_COMMANDS = tuple(
    (name, re.compile(rf"(?:ok |oh |er |um |sorry )*(?:{pattern})[ .,!?:)(]*$", re.IGNORECASE))
    for name, pattern in _PATTERNS
)
_SILENT = re.compile(r"[\W_]*")


def command_in(words: str) -> str | None:
    """The wish that a whole turn is; None when it is an answer. Silence is `silence`."""
    if _SILENT.fullmatch(words):
        return "silence"
    said = words.strip()
    if len(said) > 60:
        return None
    for name, pattern in _COMMANDS:
        if pattern.match(said):
            return name
    return None


def leaves(words: str) -> bool:
    """Does a turn with more in it end with having to go?"""
    return bool(
        re.search(
            r"(?:got to go|gotta go|have to go(?: now)?(?: bells)?|got to dash|need to go"
            r"|bye for now|going now|(?:will|i'?ll) (?:come|get|be) back(?: to (?:you|u|this))?"
            r"(?: later| soon)?)\W*$|^gotta go|have to go now",
            words.strip(),
            re.IGNORECASE,
        )
    )
