"""NHS numbers: ten digits, the last a modulus 11 check (NHS Data Dictionary, NHS NUMBER)."""


def tidy(text: str) -> str:
    """Without the spaces and hyphens people write."""
    return "".join(character for character in text if character not in " -\u00a0\u2011\u2013")


def check_digit(first_nine: str) -> int:
    """0 to 9, or 10 where no NHS number begins with these nine digits."""
    return (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11) % 11


def problem_with(number: str) -> str | None:
    """A sentence for the person who typed it, or None. Never repeats the number: errors reach logs."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return "An NHS number has 10 digits, for example 999 123 4560"
    if check_digit(number[:9]) != int(number[9]):
        return "This is not a valid NHS number: check each digit against the letter or card"
    return None


def shown(number: str | None) -> str:
    """In threes and four, as the NHS prints it; empty where none is held."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
