"""Forms as finance departments of provinces lay them out: each says what a clerk reads in it, or why not."""

import re
from pathlib import Path

import books
import pytest
from books import Grid, National, drawn, laid_out, plan
from disclosure.cli import main
from disclosure.forms import reading
from disclosure.forms.files import Book
from disclosure.forms.form import Form
from disclosure.forms.grid import Refused
from disclosure.forms.layout import of_package
from disclosure.forms.values import code_and_name
from disclosure.quality.checks import check
from disclosure.quality.report import blocking
from forms_read import forms
from test_forms_county import FIRST_ALONE
from test_forms_wild import GOAL, HEAD, IN_TURN, INDICATORS, MIDTERM, MONEY, PLAIN, read, swapped

DRAWN = {
    "a fund whose period and year stand side by side": """
省级财政专项资金绩效目标申报表|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<
专项资金名称|<|农村公路养护|<|<|<|<|<
省级主管部门|<|某省交通厅|<|<|专项实施期|<|2023年-2025年
资金情况（万元）|<|实施期金额：|<|900|年度金额：|<|300
^|^|其中：财政拨款|<|900|其中：财政拨款|<|300
^|^|其他资金|<|0|其他资金|<|0
总体目标|<|实施期目标（2023年—2025年）|<|<|年度目标|<|<
^|^|三年养护 30 公里。|<|<|年内养护 10 公里。|<|<
绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值
^|产出指标|数量指标|养护里程|30公里|数量指标|养护里程|10公里
^|^|质量指标|合格率|≥95%|质量指标|合格率|≥95%
^|效益指标|社会效益指标|通行能力|明显提升|社会效益指标|通行能力|有所提升
^|满意度指标|服务对象满意度指标|群众满意度|≥90%|服务对象满意度指标|群众满意度|≥85%
""",
    "numbers over the title and codes in brackets": """
表号：财绩04表|<|<|<|<|<|<|<|<|<
编号：2023-001|<|<|<|<|<|<|<|<|<
项目支出绩效自评表|<|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|填报日期：2024年3月5日|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<|<
主管部门及代码|<|[101]某市人社局|<|<|<|实施单位|<|某市就业中心|<
项目预算执行情况（万元）（10分）|<|<|年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分|得分计算方法
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5|执行率×该指标分值，最高不得超过分值上限。
^|^|其中：财政拨款|100|90|85.5|-|95.00%|-|-
年度总体目标|预期目标|<|<|<|<|实际完成情况|<|<|<
^|培训 100 人。|<|<|<|<|培训 120 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|分值|年度指标值（A）|全年实际值（B）|得分计算方法|得分|未完成原因分析
^|产出指标（50分）|数量指标|培训人数|50|≥100人|120人|完成值达到指标值记满分|50|
^|效益指标（30分）|社会效益指标|能力提升|30|明显提升|明显提升|1.若为定性指标…|28|仍需跟踪
^|满意度指标（10分）|服务对象满意度指标|学员满意度|10|≥90%|92%|同产出指标|10|
总分|<|<|<|100||||97.5|
""",
    "labels set upright": """
项目支出绩效目标申报表|<|<|<|<|<
(2023年度)|<|<|<|<|<
项 目 名 称|<|职业培训|<|<|<
主 管 部 门|<|某市人社局|<|项目单位|某市就业中心
项 目 类 别|<|经常性项目|<|项 目 期|1年
资金申请¶（万元）|年度资金总额|<|100|<|<
^|其中：财政拨款|<|100|<|<
^|　　　其他资金|<||<|<
绩¶效¶目¶标|年¶度¶目¶标|<|<|<|<
^|目标1：培训 100 人。目标2：合格率 95%。|<|<|<|<
绩¶效¶指¶标|一级¶指标|二级¶指标|三级指标|指标值|备注
^|产¶出¶指¶标|（一）数 量¶指 标|培训人数|≥100人|
^|^|2.质 量¶指 标：|合格率|≥95%|
^|效¶益¶指¶标|社会效益¶指标|能力提升|明显提升|
^|满意度¶指标|服务对象¶满意度指标|学员满意度|≥90%|
""",
    "a column of vetoes": """
项目支出绩效自评表|<|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|<|实施单位|<|某市就业中心|<
项目资金（万元）|<|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|<|100|90|85.5|10|95.00%|9.5
年度总体目标|预期目标|<|<|<|<|实际完成情况|<|<|<
^|培训 100 人。|<|<|<|<|培训 120 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|是否一票否决|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|培训人数|否|≥100人|120人|50|50|
^|效益指标|社会效益指标|能力提升|否|明显提升|明显提升|30|28|仍需跟踪
^|满意度指标|服务对象满意度指标|学员满意度|是|≥90%|92%|10|10|
总分|<|<|<|<|<|<|100|97.5|
""",
    "money by its source": """
项目支出绩效自评表|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|实施单位|<|某市就业中心|<
项目资金（元）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|1,000,000.00|900,000.00|855,000.00|10|95.00%|9.5
^|^|上级补助|200,000|200,000|200,000|-|-|-
^|^|本级安排|700,000|600,000|555,000|-|-|-
^|^|单位自筹|100,000|100,000|100,000|-|-|-
^|^|上年结转|0|0|0|-|-|-
年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<
^|培训 100 人。|<|<|<|培训 120 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|培训人数|≥100人|120人|50|50|
^|满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|10|10|
总分|<|<|<|<|<|100|97.5|
填表人：张三|<|联系电话：13800138000|<|<|填报日期：2024年3月1日|<|<|<
""",
    "points in the second level, a score over all columns": """
2023年度职业培训项目绩效自评表|<|<|<|<|<|<
单位名称：某市就业中心|<|<|<|填报日期：2024年3月1日|<|<
项目名称|职业培训|<|<|<|<|<
主管部门|某市人社局|<|项目实施单位|某市就业中心|<|<
项目类别|1、部门预算项目 ☑ 2、市直专项 □ 3、市对下转移支付项目 □|<|<|<|<|<
项目属性|1、持续性项目 ☑ 2、新增性项目 □|<|<|<|<|<
项目类型|1、常年性项目 ☑ 2、延续性项目 □ 3、一次性项目 □|<|<|<|<|<
预算执行情况（万元）（20分）|<|预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）|<
^|年度财政资金总额|100|95|95%|19|<
年度绩效目标1（80分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
^|产出指标|数量指标（20分）|培训人数|100|120|20
^|^|质量指标（20分）|合格率|95%|96%|20
^|效益指标|社会效益指标（30分）|能力提升|提升|提升|30
^|满意度指标|服务对象满意度指标（10分）|学员满意度|90%|92%|10
总分|99|<|<|<|<|<
偏差大或目标未完成原因分析|无|<|<|<|<|<
改进措施及结果应用方案|继续加强管理。|<|<|<|<|<
""",
    "money as pairs and no heading of indicators": """
2023年度项目支出绩效目标批复表|<|<|<|<|<|<|<
项目名称|职业培训|<|<|项目编码|320000230001|<|<
主管部门|某市人社局|<|<|项目单位|某市就业中心|<|<
项目类型|特定目标类|<|<|实施期限|2023年1月至2023年12月|<|<
资金总额（万元）|100|<|<|财政拨款（万元）|100|其他资金（万元）|0
项目概况|按省里要求开展培训。|<|<|<|<|<|<
年度目标|培训 100 人。|<|<|<|<|<|<
一级指标|二级指标|三级指标|<|指标性质|指标值|度量单位|权重（%）
产出指标|数量指标|培训人数|<|≥|100|人|50
效益指标|社会效益指标|能力提升|<|定性|明显提升||30
满意度指标|服务对象满意度指标|学员满意度|<|≥|90|%|20
""",
    "a short code in brackets, money in yuan": """
部门预算项目支出绩效目标表|<|<|<|<|<|<
2023年度|<|<|<|<|单位：元|<
项目名称|[33010]职业培训|<|<|<|<|<
预算单位|某市就业中心|<|<|<|<|<
年度预算申请（元）|资金总额|1,000,000.00|<|<|<|<
^|其中：财政拨款|1,000,000.00|<|<|<|<
^|其他资金|0.00|<|<|<|<
绩效目标|培训 100 人。|<|<|<|<|<
绩效指标|一级指标|二级指标|三级指标|计算符号|指标值|计量单位
^|产出指标|数量指标|培训人数|≥|100|人
^|^|质量指标|合格率|≥|95|%
^|效益指标|社会效益指标|能力提升|定性|好坏|
^|满意度指标|服务对象满意度指标|学员满意度|≥|90|%
""",
    "persons among the head, a row nobody filled in": """
项目支出绩效自评表|<|<|<|<|<|<|<|<
（ 2023 年度）|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|实施单位|<|某市就业中心|<
项目负责人|<|张三|<|<|联系电话|<|010-12345678|<
项目资金（万元）|<||年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.50
^|^|其中：当年财政拨款|100|90|85.5|—|95.00%|—
^|^|上年结转资金||||—||—
^|^|其他资金||||—||—
年度总体目标|<|预期目标|<|<|实际完成情况|<|<|<
^|^|培训 100 人。|<|<|培训 120 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|培训人数|≥100人|120人|50|50|
^|^|^|指标2：||||
^|效益指标|社会效益指标|能力提升|明显提升|明显提升|30|28|仍需跟踪
^|满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|10|10|
总分|<|<|<|<|<|100|97.5|
""",
    "signs, values and units apart, a number beside the unit": """
项目支出绩效自评表|<|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<|<
单位名称：某市人社局|<|<|<|<|<|<|公开11表|<|<
项目名称|<|职业培训|<|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|<|实施单位|<|某市就业中心|<
项目资金（万元）|<|<|年初预算数|<|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|<|90|85.5|10|95.00%|9.5
^|^|其中：当年财政拨款|100|<|90|85.5|-|-|-
^|^|上年结转资金||<|||-|-|-
^|^|非财政拨款|||||-|-|-
年度总体目标|预期目标|<|<|<|<|实际完成情况|<|<|<
^|培训 100 人。|<|<|<|<|培训 120 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|实际完成值|分值|得分
^|产出指标|数量指标|培训人数|≥|100|人|120|50|50
^|效益指标|社会效益指标|能力提升|=|明显提升|年|明显提升|30|28
^|满意度指标|服务对象满意度指标|学员满意度|≥|90|%|92|10|10
其他需要说明事项|<|无|<|<|<|<|<|<|<
总分|<|<|<|<|<|<|<|100|97.5
备注：1.其他资金请在“其他需要说明事项”栏注明资金来源。|<|<|<|<|<|<|<|<|<
""",
    "points of each group, the score behind its colon": """
2023年度项目支出绩效自评表|<|<|<|<|<|<|<|<
单位：万元|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|实施单位|<|某市就业中心|<
项目预算执行情况（10分）|<|<|年初预算数|全年预算数|全年执行数|分值|执行率|得分
^|^|年度资金总额|100|90|85.5|10|95.00%|9.5
^|^|其中：财政拨款|100|90|85.5|—|—|—
^|^|其他资金|0|0|0|—|—|—
年度总体目标完成情况|预期目标|<|<|<|目标实际完成情况|<|<|<
^|培训 100 人。|<|<|<|培训 120 人。|<|<|<
年度绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成指标值|分值|得分|偏差原因分析及改进措施
^|产出指标（50分）|数量指标|培训人数|≥100人|120人|50|50|
^|效益指标（30分）|社会效益指标|能力提升|明显提升|明显提升|30|28|仍需跟踪
^|满意度指标（10分）|服务对象满意度指标|学员满意度|≥90%|92%|10|10|
自评得分：97.5|<|<|<|<|<|<|<|自评等级：优
""",
    "parts that are numbered, amounts behind labels": """
项目绩效自评表|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<
一、基本情况|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|实施(主管)单位|<|某市就业中心|<
二、预算执行情况（万元）|<|<|<|<|<|<|<|<
预算安排情况（调整后）|<|资金到位情况|<|资金执行情况|<|预算执行进度|<|<
预算数：|90|到位数：|90|执行数：|85.5|95.00%|<|<
其中：财政资金|90|其中：财政资金|90|其中：财政资金|85.5||<|<
三、目标完成情况|<|<|<|<|<|<|<|<
年度预期目标|<|<|<|具体完成情况|<|<|<|总体完成率
培训 100 人。|<|<|<|培训 120 人。|<|<|<|100%
四、年度绩效指标完成情况|<|<|<|<|<|<|<|<
一级指标|二级指标|三级指标|预期指标值|实际完成值|自评得分|分值|<|未完成原因分析
产出指标|数量指标|培训人数|≥100人|120人|50|50|<|
效益指标|社会效益指标|能力提升|提升|提升|30|30|<|
满意度指标|服务对象满意度指标|学员满意度|≥90%|92%|10|10|<|
预算执行率（10分）|<|预算执行率|100%|95%|9.5|10|<|
自评总分|<|<|<|<|99.5|100|<|
五、存在问题、原因及下一步整改措施|<|<|<|<|<|<|<|<
师资不足。|<|<|<|<|<|<|<|<
""",
    "every kind of indicator printed, notes below": """
项目支出绩效目标申报表|<|<|<|<|<
（2023年度）|<|<|<|<|<
填报单位(盖章)：某市就业中心|<|<|<|<|单位：万元
项目名称|<|职业培训|<|项目编码|450000230001
主管部门（单位）名称|<|某市人社局|<|项目实施单位|某市就业中心
资金来源|<|资金总额|100|<|<
^|<|一般公共预算|100|<|<
^|<|政府性基金||<|<
^|<|国有资本经营预算||<|<
^|<|财政专户管理资金||<|<
^|<|单位资金||<|<
年度绩效目标|<|培训 100 人。|<|<|<
绩效指标|一级指标|二级指标|三级指标|<|年度指标值
^|产出指标|数量指标|培训人数|<|≥100人
^|^|质量指标||<|
^|^|时效指标||<|
^|^|成本指标|控制成本|<|≤100万元
^|效益指标|经济效益指标||<|
^|^|社会效益指标|能力提升|<|提升
^|^|生态效益指标||<|
^|^|可持续影响指标||<|
^|满意度指标|服务对象满意度指标|学员满意度|<|≥90%
^|^|……||<|
注：1.各地请根据实际情况，选择适合的指标。2.当年申报。|<|<|<|<|<
填报人：李四|<|<|联系电话：0771-1234567|<|<
""",
    "a project or policy, each indicator with its date": """
部门预算项目（政策）绩效目标表|<|<|<|<|<|<|<|<
（2023年度）|<|<|<|<|<|<|<|<
项目（政策）名称|职业培训|<|<|<|<|<|<|<
主管部门|某市人社局|<|<|实施单位|某市就业中心|<|<|<
预算资金情况（万元）|预算资金总额|100|<|<|<|<|<|<
^|其中：财政资金|100|<|<|<|<|<|<
总体目标|年度目标|<|<|<|<|<|<|<
^|培训 100 人。|<|<|<|<|<|<|<
绩效指标|一级指标|二级指标|三级指标|运算符号|指标值|度量单位|完成时限|<
^|产出指标|数量指标|培训人数|>=|100|人|2023-12|<
^|满意度指标|服务对象满意度指标|学员满意度|>=|90|%|2023-12|<
""",
    "all money in one row": """
自治区本级项目支出绩效目标批复表|<|<|<|<|<|<|<
预算年度：2023|<|<|<|<|<|金额单位：万元|<
项目名称|职业培训|<|<|项目类型|特定目标类|<|<
预算单位|[101001]某市就业中心|<|<|主管部门|[101]某市人社局|<|<
年度资金总额|100.00|财政拨款|100.00|其他资金|0.00|<|<
项目年度绩效目标|培训 100 人。|<|<|<|<|<|<
一级指标|二级指标|三级指标|<|<|指标值|<|<
产出指标|数量指标|培训人数|<|<|≥100人|<|<
满意度指标|服务对象满意度指标|学员满意度|<|<|≥90%|<|<
""",
    "days of beginning and end, money of all years": """
市级财政项目支出绩效目标申报表|<|<|<|<|<
（2023年）|<|<|<|<|<
项目名称：|职业培训|<|项目类别：|其他一次性项目|<
计划开始日期：|2023-01-01|<|计划完成日期：|2023-12-31|<
主管部门：|某市人社局|<|填报单位：|某市就业中心|<
项目负责人：|张三|<|联系电话：|12345|<
项目概况|开展培训。|<|<|<|<
立项依据|某文件。|<|<|<|<
项目总预算（元）|1,000,000|<|项目当年预算（元）|1,000,000|<
项目总目标|三年培训 300 人。|<|<|<|<
年度绩效目标|培训 100 人。|<|<|<|<
一级指标|二级指标|三级指标|<|年度指标值|<
产出指标|数量指标|培训人数|<|≥100人|<
^|质量指标|合格率|<|≥95%|<
效益指标|社会效益指标|能力提升|<|提升|<
满意度指标|服务对象满意度指标|学员满意度|<|≥90%|<
""",
}  # fmt: skip
PAID = ["100", "90", "85.5"]
TRAINED = ["培训人数 ≥100人 120人 50 50", "能力提升 明显提升 明显提升 30 28", "学员满意度 ≥90% 92% 10 10"]
SET = ["培训人数 ≥100人", "能力提升 明显提升", "学员满意度 ≥90%"]
# By form: the budget, the adjusted one, what was spent; the same of each fund; the indicators.
SAYS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "a fund whose period and year stand side by side": (
        ["300"], ["fiscal 300", "other 0"],
        ["养护里程 10公里", "合格率 ≥95%", "通行能力 有所提升", "群众满意度 ≥85%"],
    ),
    "numbers over the title and codes in brackets": (
        PAID, ["fiscal 100 90 85.5"],
        TRAINED,
    ),
    "labels set upright": (
        ["100"], ["fiscal 100"],
        ["培训人数 ≥100人", "合格率 ≥95%", "能力提升 明显提升", "学员满意度 ≥90%"],
    ),
    "a column of vetoes": (
        PAID, [],
        TRAINED,
    ),
    "money by its source": (
        PAID, ["superior 20 20 20", "fiscal 70 60 55.5", "unit 10 10 10", "carried_over 0 0 0"],
        ["培训人数 ≥100人 120人 50 50", "学员满意度 ≥90% 92% 10 10"],
    ),
    "points in the second level, a score over all columns": (
        ["100", "95"], [],
        ["培训人数 100 120 20", "合格率 95% 96% 20", "能力提升 提升 提升 30", "学员满意度 90% 92% 10"],
    ),
    "money as pairs and no heading of indicators": (
        ["100"], ["fiscal 100", "other 0"],
        ["培训人数 ≥100人 50", "能力提升 明显提升 30", "学员满意度 ≥90% 20"],
    ),
    "a short code in brackets, money in yuan": (
        ["100"], ["fiscal 100", "other 0"],
        ["培训人数 ≥100人", "合格率 ≥95%", "能力提升 好坏", "学员满意度 ≥90%"],
    ),
    "persons among the head, a row nobody filled in": (
        PAID, ["fiscal 100 90 85.5"],
        TRAINED,
    ),
    "signs, values and units apart, a number beside the unit": (
        PAID, ["fiscal 100 90 85.5"],
        ["培训人数 ≥100人 120 50 50", "能力提升 明显提升 明显提升 30 28", "学员满意度 ≥90% 92 10 10"],
    ),
    "points of each group, the score behind its colon": (
        PAID, ["fiscal 100 90 85.5", "other 0 0 0"],
        TRAINED,
    ),
    "parts that are numbered, amounts behind labels": (
        ["90", "85.5"], ["fiscal 90 85.5"],
        ["培训人数 ≥100人 120人 50 50", "能力提升 提升 提升 30 30", "学员满意度 ≥90% 92% 10 10"],
    ),
    "every kind of indicator printed, notes below": (
        ["100"], ["fiscal 100"],
        ["培训人数 ≥100人", "控制成本 ≤100万元", "能力提升 提升", "学员满意度 ≥90%"],
    ),
    "a project or policy, each indicator with its date": (
        ["100"], ["fiscal 100"],
        ["培训人数 >=100人", "学员满意度 >=90%"],
    ),
    "all money in one row": (
        ["100.00"], ["fiscal 100.00", "other 0"],
        ["培训人数 ≥100人", "学员满意度 ≥90%"],
    ),
    "days of beginning and end, money of all years": (
        ["100"], [],
        ["培训人数 ≥100人", "合格率 ≥95%", "能力提升 提升", "学员满意度 ≥90%"],
    ),
}  # fmt: skip


def stated(form: Form) -> tuple[list[str], list[str], list[str]]:
    """What a form states of money, of each fund and of each indicator."""
    amounts = ("budget_wan", "adjusted_budget_wan", "expenditure_wan")
    of_fund, of_line = (
        ("fund", *amounts),
        ("name", "target_as_written", "actual_as_written", "weight", "score"),
    )
    return (
        [form.project[name].text for name in amounts if name in form.project],
        [" ".join(line[name].text for name in of_fund if name in line) for line, _ in form.funds],
        [" ".join(line[name].text for name in of_line if name in line) for line, _ in form.indicators],
    )


@pytest.mark.parametrize("name", DRAWN)
def test_a_layout_of_a_province_says_what_a_clerk_reads(name: str) -> None:
    (form,) = forms(upright(DRAWN[name]))
    assert form.year == 2023
    assert form.kind == ("evaluation" if "自评表" in DRAWN[name] else "target")
    assert form.project["name"].text in ("职业培训", "农村公路养护")
    assert stated(form) == SAYS[name]
    if "年度绩效目标1（" in DRAWN[name]:  # a goal without a text
        assert "goal" not in form.project
    else:
        assert form.project["goal"].text.split("：")[-1] in (
            "培训 100 人。",
            "年内养护 10 公里。",
            "合格率 95%。",
        )


def upright(drawing: str) -> bytes:
    """A sheet in lines; ¶ breaks the line of a cell."""
    grid, merges = plan(drawing)
    broken: Grid = {place: str(text).replace("¶", "\n") for place, text in grid.items()}
    return books.xlsx([("表", broken, merges)])


def test_what_they_state_can_be_published(roomy: Path, tmp_path: Path) -> None:
    """Each value stands in its quotation, and each kind of indicator is known, however it is set."""
    for number, drawing in enumerate(DRAWN.values()):
        named = re.sub("(职业培训|农村公路养护)(?=[|<])", rf"\g<1>{number}", drawing)
        (tmp_path / f"{number}.xlsx").write_bytes(upright(named))
    paths = [str(tmp_path / f"{number}.xlsx") for number in range(len(DRAWN))]
    assert main(["import", *paths, "--package", str(roomy), "--any-department"]) == 0
    package, problems = check(roomy)
    assert blocking(problems) == []
    assert not any(problem.rule == "level-two-in-tree" for problem in problems)
    rows = {row.text("project_code"): row for row in package.rows("projects")}
    assert rows["33010"].text("name")[:4] == rows["450000230001"].text("name")[:4] == "职业培训"
    bodies = {row.text(name) for row in package.rows("projects") for name in ("department", "unit_name")}
    assert {"某市人社局", "某市就业中心"} < bodies
    assert not any("101" in body for body in bodies)


AGAIN = INDICATORS.strip().splitlines()[0] + "\n^|满意度指标|服"
ALIKE = {
    "the whole head again on the next page": swapped("^|满意度指标|服", AGAIN),
    "a blank row among the money": swapped("^|^|其中", "^|^|||||||\n^|^|其中"),
    "a number beside who filled it in": (
        HEAD.replace("（2023年度）|<|<|<|<|<|<|<|<", "单位：某市就业中心|<|<|（2023年度）|<|<|<|公开11表|<"),
        MONEY, GOAL, INDICATORS,
    ),
    "notes counted in Chinese": (
        *PLAIN, "备注：一式两份。|<|<|<|<|<|<|<|<\n二、由项目单位填写。|<|<|<|<|<|<|<|<",
    ),
    "the total in cells of their own": swapped("总分|<|<|<|<|<|100", "总分||||||100"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_what_is_around_the_values_changes_none(name: str) -> None:
    assert read(*ALIKE[name]) == read(*PLAIN)


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
@pytest.mark.parametrize("note", ["注：本表一式两份。", "备注：1.请如实填写。", "填表说明：略"])
def test_a_note_right_under_the_indicators_is_none_of_them(kind: str, note: str) -> None:
    """A target form has no sum of points between the two."""
    grid, merges = laid_out(National(kind="target"))
    last = max(row for row, _ in grid) + 1
    noted = ({**grid, (last, 0): note}, [*merges, (last, 0, last, 9)])
    write = {"xls": books.xls, "ods": books.ods, "xlsx": lambda *sheet: books.xlsx([sheet])}[kind]
    (form,), (plain,) = forms(write("表", *noted)), forms(write("表", grid, merges))
    assert (stated(form), form.passed) == (stated(plain), plain.passed)


def test_a_note_under_a_label_is_its_value_only_where_none_stands_beside_it() -> None:
    for note in ("注：本表一式两份。", "备注：无其他说明。"):
        beside = read(*PLAIN, "改进措施|<|加强师资。|<|<|<|<|<|<", f"{note}|<|<|<|<|<|<|<|<")
        assert beside["measures_planned"] == "加强师资。"
        under = read(*PLAIN, "改进措施|<|<|<|<|<|<|<|<", f"{note}|<|<|<|<|<|<|<|<")
        assert under["measures_planned"] == note


@pytest.mark.parametrize(
    ("written", "code", "name"),
    [
        ("44000023P00001-职业培训", "44000023P00001", "职业培训"),
        ("[44000023P00001]职业培训", "44000023P00001", "职业培训"),
        ("【44000023P00001】 职业培训", "44000023P00001", "职业培训"),
        ("（44000023P00001）职业培训", "44000023P00001", "职业培训"),
        ("44000023P00001 职业培训", "44000023P00001", "职业培训"),
        ("44000023P00001职业培训", "44000023P00001", "职业培训"),
        ("[33010]职业培训", "33010", "职业培训"),
        ("[2023]职业培训", "", "[2023]职业培训"),
        ("（2023）职业培训", "", "（2023）职业培训"),
        ("12345热线", "", "12345热线"),
        ("5G 基站", "", "5G 基站"),
        ("（一期）职业培训", "", "（一期）职业培训"),
    ],
)
def test_a_code_is_no_part_of_a_project_s_name(written: str, code: str, name: str) -> None:
    found = read(*swapped("|职业培训|", f"|{written}|"))
    assert (found.get("project_code", ""), found["name"]) == (code, name)


def test_a_budget_unit_is_the_unit_where_no_other_carries_the_project_out() -> None:
    alone = swapped("实施单位|<|某市就业中心", "预算单位|<|某市就业中心")
    assert (read(*alone)["unit"], read(*alone)["passed"]) == ("某市就业中心", ())
    more = "实施单位|<|某区就业所|<|<|<|<|<|<"
    found = read(alone[0], more, *alone[1:])
    assert (found["unit"], found["passed"]) == ("某区就业所", ("H4",))


def test_a_year_s_budget_beside_that_of_all_years_is_the_year_s() -> None:
    found = read(
        IN_TURN.replace(
            "项目资金申请（万元）|资金总额：|<|300|", "项目资金（万元）|项目总投资|900|年度预算|300"
        ).replace("^|财政拨款：|<|300|", "^|财政拨款|900|财政拨款|300")
    )
    assert (found["budget_wan"], found["lines"][0]["budget_wan"]) == ("300", "300")
    assert found["passed"][:2] == ("C5", "C6")


def test_a_body_s_code_in_brackets_is_none_of_its_name() -> None:
    assert code_and_name("[101001]某市就业中心") == ("101001", "某市就业中心")
    assert code_and_name("（本级）某市就业中心") == ("", "（本级）某市就业中心")


@pytest.mark.parametrize(
    "words", ["产出指标（50分）：", "产出指标（50分）*", "产出指标（50分）（必填）", "产出指标 50分、"]
)
def test_the_points_of_a_group_are_not_lost_for_what_stands_behind_them(words: str) -> None:
    lines = read(*swapped("|产出指标|", f"|{words}|"))["lines"]
    assert (lines[1]["level_1"], lines[1]["group_weight"]) == ("output", "50")


def test_a_year_in_wide_digits_behind_a_unit_is_none_of_its_name() -> None:
    line = "填报单位：某市人社局　２０２３年度|<|<|<|<|<|<|<|<"
    found = read(
        *(
            part.replace("（2023年度）|<|<|<|<|<|<|<|<", line).replace("实施单位|<|某市就业中心|<", "|||")
            for part in PLAIN
        )
    )
    assert (found["unit"], found["year"]) == ("某市人社局", 2023)


def test_a_budget_that_was_adjusted_is_known_with_spaces_in_the_word() -> None:
    money = """
预算执行情况（万元）|<|预算安排情况（调 整 后）|<|资金到位情况|<|资金执行情况|<|预算执行进度
^|^|预算数：|90|到位数：|80|执行数：|85.5|95.00%
"""
    found = read(HEAD, money, GOAL, INDICATORS)
    assert (found["adjusted_budget_wan"], "budget_wan" in found) == ("90", False)


def test_a_score_under_the_weights_is_not_their_sum() -> None:
    """Where nothing is merged, nothing says that it is of both columns."""
    for label, score, rule in (
        ("总得分", "97.5", "form-cell-unknown"),
        ("总得分", "100", ""),
        ("总分", "97.5", ""),
    ):
        parts = swapped("总分|<|<|<|<|<|100|97.5|", f"{label}||||||{score}||")
        if not rule:
            assert read(*parts)["total_weight"] == score
            continue
        with pytest.raises(Refused) as refused:
            forms(drawn(*parts))
        assert (refused.value.rule, refused.value.where) == (rule, "表!A14")


def test_a_score_over_all_columns_is_read_where_no_column_has_weights() -> None:
    table = FIRST_ALONE.replace("总分|<|60|||||60|", "总分|<|60|<|<|<|<|<|<")
    with pytest.raises(Refused):  # of the group's points, or of the score
        forms(drawn(HEAD, MONEY, GOAL, table))


@pytest.mark.parametrize(
    "between", ["", "年度目标|<|年内完成 8 公里清淤。|<|<\n", "项目名称|<|清理垃圾|<|<\n"]
)
@pytest.mark.parametrize("left", ["绩效指标", ""])
def test_the_same_head_under_another_goal_is_no_next_page(between: str, left: str) -> None:
    """Its indicators may be those of the whole period, or of another project."""
    same = IN_TURN.replace("长期绩效指标", left).replace("年度绩效指标", left)
    over, one, other = same.split(f"\n{left}|一级")
    drawing = f"{over}\n{left}|一级{one}\n{between}{left}|一级{other}"
    with pytest.raises(Refused):
        forms(
            drawn(drawing if left else drawing.replace("\n^|产出", "\n|产出").replace("\n^|^|质", "\n||质"))
        )


def test_indicators_of_two_periods_side_by_side_are_read_once_without_a_label_left_of_them() -> None:
    start = MIDTERM.index("绩效指标|")
    bare = MIDTERM[:start] + MIDTERM[start:].replace("绩效指标|", "").replace("^|产出", "产出").replace(
        "^|^|", "^|"
    ).replace("^|满", "满")
    names = [line["name"] for line in read(bare)["lines"] if "fund" not in line]
    assert names == ["清淤长度", "居民满意度"]


REFUSED = {
    "an adjusted target beside the first": (
        swapped("年度指标值|实际完成值", "年初指标值|调整后指标值"), "form-cell-unknown", "表!F10",
    ),
    "a goal that was changed": (
        swapped("|实际完成情况|<|<|<\n", "|调整后目标|<|<|<\n"), "form-twice-said", "表!B8",
    ),
    "scores that are percentages": (swapped("|50|50|", "|50|100%|"), "form-number", "表!H11"),
    "amounts in words": (swapped("|100|90|85.5|10", "|壹佰万元整|90|85.5|10"), "form-amount", "表!D6"),
    "points of two indicators in one cell": (
        swapped("^|效益指标|社会效益指标|能力提升|明显提升|明显提升|30|28|", "^|^|^|期数|2期|2期|^|^|"),
        "form-indicator", "表!G11",
    ),
    "a score by somebody else": (
        swapped("偏差原因分析及改进措施", "复核得分"), "form-cell-unknown", "表!I10",
    ),
    "two scores": (swapped("偏差原因分析及改进措施", "得分"), "form-twice-said", "表!I10"),
    "a target and its result in one cell": (
        swapped("|明显提升|明显提升|", "|明显提升|<|"), "form-cell-unknown", "表!E12",
    ),
    "parts of a part": (
        swapped("^|^|其中", "^|^|其中：上级|60|50|50|-||-\n^|^|其中"), "form-cell-unknown", "表!C7",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_mean_two_things_is_refused_by_name(name: str) -> None:
    parts, rule, where = REFUSED[name]
    with pytest.raises(Refused) as refused:
        forms(drawn(*parts))
    assert (refused.value.rule, refused.value.where) == (rule, where)


@pytest.mark.parametrize("gap", ["", "|"])
def test_forms_side_by_side_are_refused_by_name(gap: str) -> None:
    lines = [line for part in PLAIN for line in part.strip("\n").splitlines()]
    with pytest.raises(Refused) as refused:
        forms(drawn("\n".join(f"{line}|{gap}{line}" for line in lines)))
    assert refused.value.rule == "form-twice-said"


MONITORED = """
项目支出绩效目标运行跟踪表|<|<|<|<|<|<|<|<
（2023年度1-7月）|<|<|<|<|<|<|<|<
项目名称|<|职业培训|<|<|<|<|<|<
主管部门|<|某市人社局|<|<|实施单位|<|某市就业中心|<
项目资金（万元）|<|<|年初预算数|1-7月执行数|1-7月执行率|全年预计执行数|<|<
^|^|年度资金总额|100|50|50%|100|<|<
年度总体目标|培训 100 人。|<|<|<|<|<|<|<
绩效指标|一级指标|二级指标|三级指标|年度指标值|1-7月执行情况|全年预计完成情况|偏差原因分析|完成目标可能性
^|产出指标|数量指标|培训人数|≥100人|60|100||确定能
"""


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效目标运行跟踪表", "项目支出绩效运行监控表", "项目绩效目标执行监控自评表",
        "部门（单位）整体支出绩效自评表", "中央对地方转移支付区域（项目）绩效目标自评表",
        "项目支出绩效监控情况表", "新增项目事前绩效评估及绩效目标申报表",
    ],
)  # fmt: skip
def test_what_is_no_target_and_no_evaluation_of_a_project_is_passed_over(title: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(drawn(MONITORED.replace("项目支出绩效目标运行跟踪表", title)))
    found, problems = reading.read(Book("a.xlsx", "a.xlsx", tmp_path / "a.xlsx"), of_package())
    assert (found, [problem.rule for problem in problems]) == ([], ["form-none"])
