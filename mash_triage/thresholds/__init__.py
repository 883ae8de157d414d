"""What the partnership's levels of need say: knowledge that rules read, never a decision."""
