"""Columns and authors: names that mark what stands below or behind them as a person's data."""

import re
from functools import lru_cache

# Words of domain lists and of forms; a header that holds one is marked, unless it counts or asks about it.
MARKED_WORDS = (
    "姓名|身份证|公民身份|证件号|住址|家庭地址|居住地址|户籍地址|银行[账帐卡]|[账帐]号|监护人|填[表报]人|"
    "联系电话|联系方式|联系手机|手机"
)
MARKED_NAMES = (
    "full_?name|person_?name|id_?card(?:_?(?:no|number))?|id_?number|mobile(?:_?(?:no|number|phone))?|cell_?phone|"
    "contact_?phone|home_?address|bank_?(?:account|card)(?:_?(?:no|number))?|guardian(?:_?name)?"
)
_MARKED = re.compile(f"{MARKED_WORDS}|^(?:{MARKED_NAMES})$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:[人件户次个]数|数量|[数率量额费]|人次|经费|培训|办理|服务|制度|建设|是否.*|.*与否)$|^是否|保护"
)
_NOTE = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]|[\s*＊:：_\-]+$|^[\s*＊]+")
_BLANK = re.compile(r"[\s_\-—/*＊×…]*|NA|N/A|无|略|不公开|不适用|未列明|报告未列明|None|null", re.IGNORECASE)
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,8}[·•][\u4e00-\u9fff]{2,8}|[A-Za-z][\w.@ \-]{1,60}"
)
_OFFICE = re.compile(
    r".*(?:[局办处科部室院委会校站所组府队厅社]|中心|街道|公司|小学|幼儿园|政府|Office|Bureau|Government)$"
)
LONGEST = 16


@lru_cache(maxsize=4096)
def is_marked(header: str) -> bool:
    """Whether a column of that name, or a JSON key, is a person's data."""
    if len(header) > 60:
        return False
    bare = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", _NOTE.sub("", header.strip()).strip())
    return len(bare) <= LONGEST and bool(_MARKED.search(bare)) and not _COUNTED.search(bare)


def is_blank(value: str) -> bool:
    """Whether a cell of a marked column says nothing of anybody."""
    return bool(_BLANK.fullmatch(value))


def is_person(author: str, official: tuple[str, ...]) -> bool:
    """Whether an author's entry can be a person: not an organisation, not a program."""
    author = author.strip()
    if not author or _OFFICE.fullmatch(author) or any(author.lower() == own.lower() for own in official):
        return False
    return bool(_NAME.fullmatch(author))
