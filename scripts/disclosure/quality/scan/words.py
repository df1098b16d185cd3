"""Labels with a person's data behind them, secrecy marks, small counts and private mail, in running text.

A word alone proves nothing: a page may explain what 姓名 or 机密 means. So a label counts only with a
value of its own shape behind it, and a mark only where it marks: before a star (机密★), as a whole line or
cell (内部资料 注意保存), as the value of 密级, or in brackets at the head or the end of a title that is no
sentence and tells of no work done: 某办法（征求意见稿）. A definition list may name a mark as its term.
"""

import re
from collections.abc import Iterator
from functools import cache

from disclosure.quality.scan.hits import Hit, masked_word

# A name ends where the text does, or where a form's next label starts.
_ENDS = r"(?=$|[^\u4e00-\u9fffA-Za-z]|联系|电话|手机|身份证|日期|填[表报]|审核|负责人|单位|性别|家庭|住址)"
_NAME = (
    r"(?:(?:[\u4e00-\u9fff]{2,8}[·•-][\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{2,4}?|"
    rf"[A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}}){_ENDS}|[\u4e00-\u9fff][*＊]{{1,3}})"
)
_PLACE = (
    r"(?![指是即为应不如包以及])[\u4e00-\u9fff0-9][\u4e00-\u9fffA-Za-z0-9\-（）()#]{2,60}?"
    r"[省市区县镇乡街路巷道村组号室栋幢座楼房]"
)
_DIGITS = r"[0-9+(（][0-9Xx*＊ .\-()（）]{5,30}"
# Marked labels, longest first, and what their values look like.
_SHAPES = (
    (r"(?:公民)?身份证?(?:件)?(?:号码|号|证)|证件号码|身份证", _DIGITS),
    (r"银行(?:户号|卡?[账帐]?[号户])|(?:银行|开户|收款)[账帐][号户]|银行卡号", _DIGITS),
    (r"联系(?:电话|方式|手机)|手机号?码?|监护人电话", _DIGITS),
    (r"(?:家庭|居住|户籍)?住址|(?:家庭|居住|户籍)(?:地址|住所)", _PLACE),
    (r"姓名|(?:法定)?监护人(?:姓名)?|填[表报]人(?:姓名|签名|签字)?", _NAME),
)
_LABELS = tuple(
    (
        re.compile(
            rf"(?:{label})(?:[（(][^（）()\n]{{0,10}}[）)])? ?(?:[:：]|(?<=人)(?= {{1,4}})|\t) *({value})"
        ),
        value == _NAME,
    )
    for label, value in _SHAPES
)
LABEL_WORDS = (
    "身份证|身份号|证件号码|银行|账号|帐号|账户|帐户|联系电话|联系方式|联系手机|"
    "手机|住址|地址|住所|姓名|监护人|填表人|填报人"
)
_ANY_LABEL = re.compile(LABEL_WORDS)
# What forms and data dictionaries write where a name would stand.
_NO_NAME = re.compile(
    r"[无略空是否男女]|(?:不|未|必|可|已|须|请|见|指|应[当该填由]|由[本各单])..?.?|同上|(?:文本|字符|日期|整数|数字|数值|字段|"
    r"选填|保密|签名|签字|盖章|电话|年龄|性别|单位|职务|部门|类型|说明|示例|报告|隐去|删除|身份|姓名|住址|联系|手机|"
    r"银行|监护|填[表报]|匿名|脱敏|长度|备注|序号|职责|责任|制度|义务|资格|班级|年级|学[号校历]|地址|金额|标准|时间|"
    r"事由|人数|岗位|民族|籍贯|出生|所属|社区|村居|类别|项目|名称|编号)[\u4e00-\u9fff]{0,2}"
)
MARK_WORDS = "绝密|机密|秘密|内部资料|征求意见稿"
_MARK = re.compile(r"绝密|机密|秘密 ?[★☆]|内部资料|征求意见稿")
_STARRED = re.compile(r"(?:绝密|机密|秘密) ?[★☆]")
_TAIL = (
    r"注意(?:保存|保密)|妥善保[管存]|(?:请勿|严禁|不得|禁止)(?:外传|外泄|翻印|复制|传播|公开|转发)|"
    r"仅供参考|第 ?\d+ ?页|共 ?\d+ ?页"
)
_ALONE = re.compile(
    r"\W*(?:密级\W*)?(?:绝密|机密|内部资料|征求意见稿)(?:级|件|文件|材料|资料|文稿)?"
    rf"(?:\W*(?:{_TAIL}))*\W*|.{{0,30}}密级\W{{1,3}}(?:绝密|机密)\b.*"
)
_BRACKETS = re.compile(
    r"\W?[（(【\[〔](?:绝密|机密|内部资料|征求意见稿)[）)】\]〕].*|.*[（(【\[〔](?:绝密|机密|内部资料|征求意见稿)[）)】\]〕]\W?"
)
# A sentence, or the telling of work done, is not a title.
_TOLD = re.compile(
    r"[。；;，,！？]|^\W*(?:起草|拟定|制定|完成|形成|修订|研究|审议|组织|编制|公布|印发|就|对|将|在|已)"
)
_MAIL = re.compile(r"(?<![\w.%+-])([\w.%+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,5}([A-Za-z]{2,24}))(?![\w-])")
# The sign of a mail address, in text or where tags part it: @misc{ of BibTeX and "@type" of JSON-LD are none.
# It begins with its one letter, so that a search passes over everything else at once.
_AT = r"@(?<=[\w.%+>-]@)(?=[A-Za-z0-9-]*[.<])"
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "html"})
_FEW = "[一二两三四]"
AFTER_GROUP, BEFORE_GROUP = 12, 8  # signs between a group and its count, between a count and its group


def labels(text: str, official: frozenset[str]) -> Iterator[Hit]:
    """Marked labels with a value behind them; an office's own numbers pass."""
    for pattern, is_name in _LABELS if _ANY_LABEL.search(text) else ():
        for match in pattern.finditer(text):
            value = match.group(1).strip()
            if is_name and _NO_NAME.fullmatch(value):
                continue
            if "".join(filter(str.isdigit, value)) in official:
                continue
            found = text[match.start() : match.start(1)].strip() + masked_word(value)
            yield Hit("no-personal-column", found, match.start())


def marks(text: str) -> Iterator[Hit]:
    """Secrecy marks that mark something; prose that speaks of them passes."""
    for match in _MARK.finditer(text):
        start = max(text.rfind("\n", 0, match.start()), text.rfind("\t", 0, match.start())) + 1
        end = min((at for sign in "\n\t" if (at := text.find(sign, match.end())) >= 0), default=len(text))
        line = text[start:end].strip()
        titled = len(line) <= 80 and _BRACKETS.fullmatch(line) and not _TOLD.search(line)
        if _STARRED.match(text, match.start()) or _ALONE.fullmatch(line) or titled:
            yield Hit("no-secrecy-mark", match.group(), match.start())


@cache
def _counts(groups: tuple[str, ...], small: int) -> re.Pattern[str]:
    few = rf"(?:(?<![0-9.,])[1-{small}]|(?<![一二三四五六七八九十百千万]){_FEW})"
    people = rf"{few} ?(?:名|人(?!次)|户|例|位|个(?!月|工作))"
    who = "|".join(map(re.escape, groups))
    return re.compile(
        rf"(?:{who})[^\n\t。；;，,0-9]{{0,{AFTER_GROUP}}}{people}|"
        rf"{people}[^\n\t。；;，,0-9]{{0,{BEFORE_GROUP}}}(?:{who})"
    )


def small_counts(text: str, groups: tuple[str, ...], small: int) -> Iterator[Hit]:
    """Counts of a few people in a group in which a few can be recognised."""
    if small and any(group in text for group in groups):
        for match in _counts(groups, small).finditer(text):
            masked = re.sub(r"[0-9一二两三四]", "*", match.group())
            yield Hit("small-count", masked, match.start())


def mails(text: str, domains: tuple[str, ...]) -> Iterator[Hit]:
    """Mail addresses outside the offices' domains."""
    for match in _MAIL.finditer(text) if re.search(_AT, text) else ():
        domain = match.group(2).lower()
        if match.group(3).lower() in _FILES or any(f".{domain}".endswith(f".{own}") for own in domains):
            continue
        yield Hit("personal-email", f"{match.group(1)[:1]}***@{domain}", match.start())


@cache
def trigger(groups: tuple[str, ...]) -> re.Pattern[str]:
    """One pass that says whether any word of this module is there at all."""
    return re.compile("|".join((_AT, LABEL_WORDS, MARK_WORDS, *map(re.escape, groups))))
