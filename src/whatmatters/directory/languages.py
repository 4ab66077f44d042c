"""The languages a directory speaks of, with their codes (ISO 639-1, or 639-3 where there is none).

The most spoken in England after English at the 2021 census (ONS, "Language, England and Wales"), and the signed ones. A
group may name any other: it is then found by its words.
"""

LANGUAGES = {
    "English": "en", "British Sign Language": "bfi", "Makaton": "",
    "Albanian": "sq", "Amharic": "am", "Arabic": "ar", "Bengali": "bn", "Bulgarian": "bg", "Cantonese": "yue",
    "Czech": "cs", "Dari": "prs", "Farsi": "fa", "French": "fr", "German": "de", "Greek": "el", "Gujarati": "gu",
    "Hindi": "hi", "Hungarian": "hu", "Italian": "it", "Kurdish Kurmanji": "kmr", "Kurdish Sorani": "ckb",
    "Latvian": "lv", "Lithuanian": "lt", "Malayalam": "ml", "Mandarin": "cmn", "Nepali": "ne", "Panjabi": "pa",
    "Pashto": "ps", "Polish": "pl", "Portuguese": "pt", "Romani": "rom", "Romanian": "ro", "Russian": "ru",
    "Slovak": "sk", "Somali": "so", "Spanish": "es", "Swahili": "sw", "Sylheti": "syl", "Tagalog": "tl",
    "Tamil": "ta", "Telugu": "te", "Tigrinya": "ti", "Turkish": "tr", "Ukrainian": "uk", "Urdu": "ur",
    "Vietnamese": "vi", "Welsh": "cy", "Yoruba": "yo",
}  # fmt: skip

ALSO_CALLED = {"BSL": "British Sign Language", "Punjabi": "Panjabi", "Persian": "Farsi", "Bangla": "Bengali"}
_BY_NAME = {name.casefold(): name for name in LANGUAGES} | {k.casefold(): v for k, v in ALSO_CALLED.items()}
_BY_CODE = {code: name for name, code in LANGUAGES.items() if code}


def named(text: str) -> list[str]:
    """From words as they are written, "Polish, BSL and Punjabi", to one name a language, in the order given."""
    parts = [part.strip(" .") for part in text.replace(";", ",").replace("/", ",").replace(" and ", ",").split(",")]
    return list(dict.fromkeys(_BY_NAME.get(part.casefold(), part) for part in parts if part))


def of_code(code: str) -> str:
    """The language of a code, or nothing where it is not listed."""
    return _BY_CODE.get(code.strip().casefold(), "")
