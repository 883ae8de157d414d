"""How sure a share is: the interval in which the true share lies, 19 times in 20."""

from math import sqrt

Z_95 = 1.959964  # the standard normal deviate that leaves 2.5% on either side


def wilson(count: int, of: int) -> tuple[float, float]:
    """The Wilson score interval of a share at 95%, as two numbers between 0 and 1.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22 (1927), 209-212. It holds for small groups and for
    shares near 0 and 1, where the ordinary interval leaves that range. Nobody in the group: the
    share may be anything.
    """
    if of == 0:
        return 0.0, 1.0
    share, spread = count / of, Z_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == of else middle + half
    return low, high
