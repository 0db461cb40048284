"""The grammar: tables of a line and the statements it makes; invented places and real lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

import plans
from plans.programmes import is_indicator
from plans.stages import told_verb
from tests.papers import paper, said, statements
from tests.reading import read_document

LISTS = [
    (
        "建成青山湿地公园、石岙余公园等一批绿化的“大项目”。",
        [("青山湿地公园", "", "to_complete"), ("石岙余公园", "", "to_complete")],
    ),
    (
        "建成上坞后、樟东垃圾中转站，改造提升南来桥、北风等现有垃圾中转站。",
        [
            ("上坞后垃圾中转站", "", "to_complete"),
            ("樟东垃圾中转站", "", "to_complete"),
            ("南来桥垃圾中转站", "", "operating"),
            ("北风垃圾中转站", "", "operating"),
        ],
    ),
    (
        "开工青溪、石桥等 2 个卫生院迁扩建工程。",
        [("青溪卫生院", "迁扩建工程", "to_start"), ("石桥卫生院", "迁扩建工程", "to_start")],
    ),
    (
        "完成三元一路、青江路等8条道路的街景改造工程。",
        [
            ("三元一路", "街景改造工程", "to_complete"),
            ("青江路", "街景改造工程", "to_complete"),
        ],
    ),
    (
        "推动青虹、石头等老片区城中村改造。",
        [
            ("青虹城中村改造", "", "under_construction"),
            ("石头城中村改造", "", "under_construction"),
        ],
    ),
    (
        "推进青力、石民两大产业项目和四个小微创业园尽快建成并投产。",
        [
            ("青力产业项目", "", "to_complete"),
            ("石民产业项目", "", "to_complete"),
            ("小微创业园", "", "to_complete"),
        ],
    ),
    (
        "青溪乐园和石园公园建成开园。",
        [("青溪乐园", "", "to_complete"), ("石园公园", "", "to_complete")],
    ),
    ("建成青和公园。", [("青和公园", "", "to_complete")]),
]


@pytest.mark.parametrize(("line", "expected"), LISTS)
def test_lists_share_heads_and_endings(line, expected):
    """A list gives one statement for each of its things, with noun and works shared out."""
    assert said(line) == expected


STAGES = [
    ("谋划青溪新城建设。", "proposed", "proposed"),
    ("启动青溪大道、石桥路等工程前期工作。", "preparation", "preparation"),
    ("完成青溪中学土地征用。", "preparation", "preparation"),
    ("青溪大道开工建设。", "to_start", "started"),
    ("加快推进青溪大道建设。", "under_construction", "under_construction"),
    ("建成青溪大道。", "to_complete", "completed"),
    ("青溪大道建成通车。", "to_complete", "completed"),
    ("力促青溪创业园开园。", "to_complete", "completed"),
    ("加快打造青溪新城。", "unspecified", "unspecified"),
    ("依托青溪大道发展物流。", "unspecified", "unspecified"),
    ("以青溪大道延伸工程为重点。", "unspecified", "unspecified"),
    ("全面加强青溪文化中心的运营和管理。", "operating", "operating"),
]


@pytest.mark.parametrize(("line", "promise", "report"), STAGES)
def test_a_verb_means_one_stage_in_a_plan_and_another_in_a_review(line, promise, report):
    """The same words promise in a plan and report in a review of the past years."""
    assert {stage for *_, stage in said(line)} == {promise}
    review = said(line, tense="report")
    assert {stage for *_, stage in review} == {report}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("新增公共停车位 5200 个以上。", ("公共停车位", 5200, "个")),
        ("新建污水管网300公里。", ("污水管网", 300, "公里")),
        ("打造6个特色精品村。", ("特色精品村", 6, "个")),
        ("开挖两条新河道。", ("新河道", 2, "条")),
        ("建设市美丽河湖(1条)。", ("市美丽河湖", 1, "条")),
        ("建设一条宜居宜业宜游的美丽乡村精品线。", ("美丽乡村精品线", 1, "条")),
        ("完成河道清淤 200 万方。", ("河道清淤", 200, "万方")),
    ],
)
def test_counted_things_are_programmes(line, expected):
    """A number with a measure and a kind of thing is a programme with its amount."""
    (found,) = statements(line)
    assert found.kind == "programme"
    assert (found.name, found.quantity.value, found.quantity.unit) == expected


def test_a_named_way_with_its_length_is_no_programme():
    """A road from one place to another or a path along a river has a length, it is not counted."""
    (road,) = statements("改建青石坝至王家湾公路18公里。")
    assert (road.kind, road.quantity.value) == ("project", 18)
    (path,) = statements("建成青江北岸绿道9公里。")
    assert path.kind != "programme"


@pytest.mark.parametrize(
    "line",
    [
        "规上工业产值超2000亿元。",
        "新增城镇就业人员 1.6 万人。",
        "一般公共预算收入增长 9%左右。",
        "切实加强社会诚信建设，完善体制机制。",
        "在乡镇卫生院、客运中心等公共场所开展宣传。",
        "深入开展平安创建，打造共建共治共享的社会治理格局。",
        "利用各类广场、街道边角点缀绿化。",
    ],
)
def test_nothing_is_invented(line):
    """Money, people, ratios, campaigns and mere places of action are no statements."""
    assert said(line) == []


def test_a_bare_phase_is_the_phase_of_the_thing_before():
    """一期开园，二期竣工 speak of the park named before."""
    found = said("加快青开文化创意产业园建设，实现一期开园，二期竣工并投用。")
    assert [name for name, *_ in found] == [
        "青开文化创意产业园",
        "青开文化创意产业园一期",
        "青开文化创意产业园二期",
    ]


TOLD = [
    (
        "对青溪路、石桥路等道路进行综合改造。",
        [("青溪路", "under_construction"), ("石桥路", "under_construction")],
    ),
    ("上市企业达100家。", [("上市企业", "to_complete")]),
    (
        "青溪园一期6幢厂房全部交付，二期完成征地。",
        [("青溪园一期", "to_complete"), ("青溪园二期", "preparation")],
    ),
    ("完成老年家庭适老化改造1800户。", [("老年家庭适老化改造", "to_complete")]),
    ("大力支持青溪镇拓展产业空间。", [("青溪镇", "unspecified")]),
    ("支持青溪镇。", []),
    ("在青溪镇建设石桥公园。", [("石桥公园", "under_construction")]),
    ("实施蓝河城区段防洪提升工程。", [("蓝河城区段", "under_construction")]),
    (
        "建成青溪大道二期、东延段。",
        [("青溪大道二期", "to_complete"), ("青溪大道东延段", "to_complete")],
    ),
    ("建成占地15亩的青溪公园。", [("青溪公园", "to_complete")]),
    (
        "改造线子街、大巷子等背街小巷。",
        [("线子街", "under_construction"), ("大巷子", "under_construction")],
    ),
    ("提升现有青溪敬老院。", [("青溪敬老院", "operating")]),
    ("青溪敬老院达到国家二级以上养老机构。", [("青溪敬老院", "operating")]),
    ("青溪大桥，正在施工。", [("青溪大桥", "under_construction")]),
    ("石桥路工程：已完成桩基120根。", [("石桥路", "under_construction")]),
    ("推进80万吨乙烯改扩建项目。", [("80万吨乙烯改扩建项目", "under_construction")]),
    ("确保新兴小学投入使用。", [("新兴小学", "to_complete")]),
    ("青溪医院推迟至2026年开工。", [("青溪医院", "to_start")]),
    ("1、青溪路建成通车。", [("青溪路", "to_complete")]),
    ("新建绿道30公里、累计达到90公里。", [("绿道", "to_complete")]),
    ("青溪湖景区创成国家级旅游度假区。", [("青溪湖景区", "to_complete")]),
    (
        "完成老旧小区改造37个，其中丝厂宿舍、石头里9月底前完工。",
        [
            ("老旧小区改造", "to_complete"),
            ("丝厂宿舍", "to_complete"),
            ("石头里", "to_complete"),
        ],
    ),
    ("安排重点项目36个，其中续建15个、新建21个。", [("重点项目", "unspecified")]),
    (
        "青石公路进场施工，其中石头县段年底完工。",
        [("青石公路", "to_start"), ("青石公路石头县段", "to_complete")],
    ),
    ("5.500千伏青溪变电站建成投运。", [("500千伏青溪变电站", "to_complete")]),
    ("建设国道204与青溪路枢纽立交。", [("国道204与青溪路枢纽立交", "under_construction")]),
    (
        "改造国道G207、G325等2条国省道。",
        [("国道G207", "under_construction"), ("G325", "under_construction")],
    ),
    ("拓宽省道394、603。", [("省道394", "to_complete"), ("省道603", "to_complete")]),
    (
        "建成青溪港3号、4号泊位。",
        [("青溪港3号泊位", "to_complete"), ("青溪港4号泊位", "to_complete")],
    ),
    (
        "建成青溪机场第三、第四跑道。",
        [("青溪机场第三跑道", "to_complete"), ("青溪机场第四跑道", "to_complete")],
    ),
    (
        "建成青溪中学食堂和运动场。",
        [("青溪中学食堂", "to_complete"), ("青溪中学运动场", "to_complete")],
    ),
    (
        "甲山县、乙山县的污水处理厂投入使用。",
        [("甲山县污水处理厂", "to_complete"), ("乙山县污水处理厂", "to_complete")],
    ),
    (
        "建成甲山县、乙山县人民医院。",
        [("甲山县人民医院", "to_complete"), ("乙山县人民医院", "to_complete")],
    ),
    (
        "青坂、石坂2个村完成饮水提质工程。",
        [("青坂村饮水提质工程", "to_complete"), ("石坂村饮水提质工程", "to_complete")],
    ),
    (
        "青坂、石坂两个镇的中心敬老院完成改造。",
        [("青坂镇中心敬老院", "to_complete"), ("石坂镇中心敬老院", "to_complete")],
    ),
    ("四好农村路新增900公里。", [("四好农村路", "to_complete")]),
    ("加快建设总投资7亿元的县医院迁建项目。", [("县医院", "under_construction")]),
    ("建成占地15亩的街头公园。", [("街头公园", "to_complete")]),
    ("谋划实施城市提质项目67个。", [("城市提质项目", "proposed")]),
    ("启动14个民生领域重大项目。", [("民生领域重大项目", "to_start")]),
    ("完成建设路改造。", [("建设路", "to_complete")]),
    ("实施适老化改造450户。", [("适老化改造", "under_construction")]),
    (
        "完成三小、五小塑胶运动场建设。",
        [("三小塑胶运动场", "to_complete"), ("五小塑胶运动场", "to_complete")],
    ),
    ("实施青河综合治理。", [("青河", "under_construction")]),
    ("青溪竹木加工项目正在安装设备。", [("青溪竹木加工", "under_construction")]),
    ("污水管网延伸工程铺设主管8公里。", [("污水管网", "to_complete")]),
    ("青溪水库完成年度投资3200万元。", [("青溪水库", "under_construction")]),
    ("青溪大道快速化改造二期建成通车。", [("青溪大道快速化改造二期", "to_complete")]),
    ("推进石岭生态修复项目建设。", [("石岭生态修复项目", "under_construction")]),
    (
        "建成青溪古港、石头神庙等著名景区。",
        [("青溪古港", "to_complete"), ("石头神庙", "to_complete")],
    ),
    ("实施3条总长9公里的农村联网公路建设。", [("农村联网公路", "under_construction")]),
    ("完成X207石头至县界段路基工程。", [("X207石头至县界段", "to_complete")]),
    ("通过青溪门户网站广泛征集。", []),
    ("完成5个单体。", []),
    ("区住建局政府实事项目1个。", []),
    ("建成滨河路。", [("滨河路", "to_complete")]),
    (
        "青溪供水厂建设项目：综合办公楼、消毒池等工程已完工，铺设供水管网3公里。",
        [("青溪供水厂", "under_construction"), ("供水管网", "to_complete")],
    ),
    ("青石高速联络线将正式通车。", [("青石高速联络线", "to_complete")]),
    (
        "青溪路、石桥路2条主干道分别于3月、5月完工。",
        [("青溪路", "to_complete"), ("石桥路", "to_complete")],
    ),
    ("由某集团承建的青溪体育公园今日开园。", [("青溪体育公园", "to_complete")]),
    ("青溪广场占地50亩，预计国庆节前开放。", [("青溪广场", "to_complete")]),
    ("青溪路完成施工图评审。", [("青溪路", "preparation")]),
    (
        "青溪大道、天玺城等一批公建、商住和旅游项目加快建设。",
        [("青溪大道", "under_construction"), ("天玺城旅游项目", "under_construction")],
    ),
    ("启动沙河治理、青河生态修复。", [("沙河", "to_start"), ("青河", "to_start")]),
    (
        "推进宏达新材料、天成生物医药等重点项目建成投产。",
        [("宏达新材料", "to_complete"), ("天成生物医药", "to_complete")],
    ),
    ("机场：完成青溪机场改扩建。", [("青溪机场", "to_complete")]),
    ("建设沿海高速公路。", [("沿海高速公路", "under_construction")]),
    ("维修加固石头桥。", [("石头桥", "under_construction")]),
    ("除险加固水库12座。", [("水库", "to_complete")]),
    ("青溪港区完成扩能改造。", [("青溪港区", "to_complete")]),
    ("启动镇级创业孵化中心建设。", [("镇级创业孵化中心", "to_start")]),
    ("石头村获评省级美丽乡村示范村。", []),
]


@pytest.mark.parametrize(("line", "expected"), TOLD)
def test_what_a_sentence_says_of_each_thing(line, expected):
    """Works behind 进行, numbers reached, parts and phases, towns as objects, late beginnings."""
    assert [(name, stage) for name, _, stage in said(line)] == expected


def test_an_unnamed_facility_takes_the_name_of_its_place():
    """在X、Y等片区各新建一所幼儿园 is one facility in each place."""
    found = said("在青溪新城内新建一所小学，在石头、黄山港等片区各新建一所公办幼儿园。")
    assert [name for name, *_ in found] == ["青溪新城小学", "石头公办幼儿园", "黄山港公办幼儿园"]


def test_certainty_belongs_to_its_own_clause():
    """力争 and 确保 reach to the end of their clause and no further."""
    found = statements("力争开工青石高速，确保开工青溪互通，建成青江大桥。")
    assert [s.certainty for s in found] == ["strive", "ensure", "plain"]


def test_a_printed_year_beats_the_horizon():
    """A year in the clause is the target; else the plan's last year; a review has none."""
    text = "力争2018年建成青溪大道，开工石桥路。"
    found = statements(text, horizon=2021)
    assert [(s.target_year, s.target_year_basis) for s in found] == [
        (2018, "printed"),
        (2021, "horizon"),
    ]
    review = statements(text, tense="report", horizon=2021)
    assert {s.target_year for s in review} == {None}


def test_blanks_stand_for_lost_quotation_marks():
    """Where the print has lost its marks, a name between two blanks is read as quoted."""
    assert said("推进社会化视频监控 天网工程 ，推行治安复杂区域 智慧防区 建设。") == [
        ("天网工程", "", "under_construction"),
        ("智慧防区", "建设", "under_construction"),
    ]


def test_a_newspapers_comparison_is_not_the_towns():
    """A passage on other provinces in which the town is not named gives nothing."""
    text = "青溪镇位于浙江。浙江很大。\n\n江苏强镇扎堆，玉石镇建成昆石高新区。"
    assert said(text, tense="own", areas=("青溪镇",)) == []


def test_an_earlier_period_is_looked_back_on_up_to_the_next_heading():
    """What a plan says of the period before is reported; what it then promises is promised."""
    text = (
        "第一节 建设水网\n"
        "“十三五”期间建成的青溪水库已成为主力水源。开工建设白马水库。\n"
        "第二节 建设公园\n"
        "“十三五”期间，全市建成望月公园。\n"
        "新建沙河公园。\n"
        "第三节 建设道路\n"
        "新建青溪大道。\n"
    )
    document = replace(paper(text), tense="promise", horizon=2025)
    read = plans.read_plans([document], partial=True).statements
    promised = {one.name: one.promised for one in read}
    assert [promised[name] for name in ("白马水库", "望月公园", "沙河公园", "青溪大道")] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "labels",
    [
        "完成时限：2026年8月31日\n责任单位：县教育局、城建公司",
        "责任单位：县教育局、城建公司\n完成时间：2026年8月",
        "完成时限：2026年8月底　责任单位：县教育局、城建公司",
        "计划完成时间：2026年12月；责任单位：县教育局、城建公司。",
    ],
)
def test_a_line_says_when_what_stands_above_it_is_due(labels):
    """A label of the deadline and one of the units, in any order, speak of the paragraph above."""
    text = f"一、教育\n建成青溪小学。\n{labels}\n二、交通\n打通望月路。\n"
    first, second = statements(text, horizon=2030)
    assert first.responsibility.units == ("县教育局", "城建公司")
    assert (first.target_year, first.target_year_basis) == (2026, "printed")
    assert second.responsibility.units == ()
    assert (second.target_year, second.target_year_basis) == (2030, "horizon")


KINDS = [
    # a road along the water has its name from it; a sign of speech may be one of a name
    ("沿湖路白改黑和线缆下地6月底前完成。", [("沿湖路", "白改黑和线缆下地", "to_complete")]),
    ("英才路、望月路建成通车。", [("英才路", "", "to_complete"), ("望月路", "", "to_complete")]),
    # what a list's sum says of all its names, and the state of things that is no part of them
    (
        "加快青石、白沙两大综合枢纽物流园区建设。",
        [
            ("青石综合枢纽物流园区", "建设", "under_construction"),
            ("白沙综合枢纽物流园区", "建设", "under_construction"),
        ],
    ),
    (
        "完成上田、下田两座病险山塘除险加固。",
        [("上田山塘", "除险加固", "to_complete"), ("下田山塘", "除险加固", "to_complete")],
    ),
    ("保护青石、白沙等历史文化村落。", [("青石", "", "unspecified"), ("白沙", "", "unspecified")]),
    ("建设健身步道、球场等健身场地12处。", [("健身场地", "", "under_construction")]),
    # 建设中 is no state where a 中学 is built; 建 alone before what is counted
    ("建设中试基地。", []),
    ("新建中学2所，建绿道7公里。", [("中学", "", "to_complete"), ("绿道", "", "to_complete")]),
    ("扩建沙河水厂至3万吨/日。", [("沙河水厂", "", "to_complete")]),
    # meetings are no schools, what something becomes is none of the things, sums by rank are none
    ("贯彻十九届四中、五中、六中全会精神，建成青石中学。", [("青石中学", "", "to_complete")]),
    # a part that is done is not the whole; the last step of what is completed is
    ("青石枢纽互通桩基全部完成。", [("青石枢纽互通", "桩基", "under_construction")]),
    ("完成沙河雨污分流二期收尾。", [("沙河雨污分流二期", "", "to_complete")]),
    ("石门公园改造后重新开放。", [("石门公园", "", "to_complete")]),
    # the time of a plan period stands in no name; each place has its own
    ("力争青石高铁“十五五”中期开工。", [("青石高铁", "", "to_start")]),
    (
        "在青石镇、白沙镇各建一个生态停车场。",
        [("青石镇生态停车场", "", "to_complete"), ("白沙镇生态停车场", "", "to_complete")],
    ),
    # a phase is one of the project, whatever was counted in between
    (
        "推进青石产业园建设，新建厂房6万平方米，二期开工。",
        [
            ("青石产业园", "建设", "under_construction"),
            ("厂房", "", "to_complete"),
            ("青石产业园二期", "", "to_start"),
        ],
    ),
    # a place in a list begins with 沿; 和一批 opens another thing; areas only classed as 区块
    (
        "建成沿坑、青石等2家卫生院。",
        [("沿坑卫生院", "", "to_complete"), ("青石卫生院", "", "to_complete")],
    ),
    ("青沙高速改扩建一期和一批快速路建成通车。", [("青沙高速改扩建一期", "改扩建", "to_complete")]),
    (
        "青石巷、白沙等区块大拆大整取得突破。",
        [("青石巷", "大拆大整", "unspecified"), ("白沙", "大拆大整", "unspecified")],
    ),
    # the end of steps before the works is no end of the works; spending tells of works
    ("青石连接线征地拆迁基本扫尾。", [("青石连接线", "", "preparation")]),
    ("青石高速完成投资9亿元。", [("青石高速", "", "under_construction")]),
    # what is said of a label alone says more than the steps of its works
    (
        "草莓种植产业园项目：该项目位于东村，正在进行土地流转，预计2月开工建设，9月竣工。",
        [("草莓种植产业园", "项目", "to_complete")],
    ),
]


@pytest.mark.parametrize(("line", "expected"), KINDS)
def test_names_and_stages_by_kind(line, expected):
    """Kinds of names, sums and steps, each in a sentence of its own."""
    assert said(line) == expected


ROWS = [
    ("基础完成，主体施工至四层", "under_construction"),
    ("完成桥梁下部结构", "under_construction"),
    ("施工图审查、招标，第四季度进场", "to_start"),
    ("绿化工程扫尾，完成竣工验收", "to_complete"),
]


@pytest.mark.parametrize(("goal", "stage"), ROWS)
def test_a_rows_goal_tells_the_part_and_the_last_step(goal, stage):
    """A part of the building site is not the whole; a last clause that is but a step decides."""
    told = told_verb([goal])
    assert told is not None
    assert told.promise == stage


def test_a_chapter_promises_for_the_year_it_sets_itself(tmp_path):
    """A plan's chapter without its title is a plan; what an earlier period made is told."""
    path = tmp_path / "chapter.txt"
    path.write_text(
        "第六章 建设水网\n"
        "坚持节水优先，到2030年，全市供水能力稳步提高。\n"
        "“十四五”期间建成的青溪水库已成为主力水源。在此基础上，开工建设白马水库。\n",
        encoding="utf-8",
    )
    document = read_document(path)
    assert (document.tense, document.horizon) == ("promise", 2030)
    read = plans.read_plans([document], partial=True).statements
    assert [(s.name, s.stage, s.promised, s.target_year) for s in read] == [
        ("青溪水库", "completed", False, None),
        ("白马水库", "to_start", True, 2030),
    ]


@pytest.mark.parametrize(
    ("name", "works", "expected"),
    [
        *((name, "", True) for name in ("上市公司", "高新技术企业", "新三板", "产值10亿元企业")),
        *((name, "", True) for name in ("小升规", "绿地面积", "千人口托位数", "规上企业")),
        *((name, "", False) for name in ("托位", "公共停车位", "亿元项目", "小微园", "铸造企业")),
        ("小微企业", "搬迁", False),
    ],
)
def test_what_no_one_builds_is_an_indicator(name, works, expected):
    """A number about the economy or the people is told from works that are counted."""
    assert is_indicator(name, works) is expected
