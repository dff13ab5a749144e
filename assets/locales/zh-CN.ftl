### tui

number-part-of = { $part }/{ $whole }
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
word-yes = 是
word-no = 否
word-open = 未结
word-won = 赢单
word-lost = 输单
word-lead = 线索
word-contact = 联系人
word-row = 行
word-cell = 单元格
word-note = 备注

tui-demo-clock = 演示时钟
tui-as-of = 截至
tui-loading = 正在读取数据库……
tui-no-lines = 没有匹配的内容。
tui-found = { $all } 项中的 { $found } 项
tui-sorted-by = 按{ $column }排序；按 S 反向
tui-sorted-own = 已恢复原来的顺序
tui-marked =
    { $n ->
        [0] 没有标记任何行
       *[other] 已标记 { NUMBER($n) } 行；按 y 复制，按 Esc 取消标记
    }
tui-copied =
    { $n ->
        [1] 已复制：{ $what }
       *[other] 已复制 { NUMBER($n) } 行，第一行是 { $what }
    }
tui-columns-title = 本表的列
tui-undoing = 正在撤销……
tui-redoing = 正在重做……
tui-tone-failed = 未完成：
tui-not-at-top = q 只在首屏退出；返回请按 Esc
tui-error-terminal = 终端无法使用：{ $cause }
tui-error-no-terminal = 这里没有终端；要输出文本请用 revops show pipeline
tui-error-crashed = 程序的一部分出错了；数据没有受损，上面的信息有助于查明原因

tui-hint-move = 选择
tui-hint-open = 打开
tui-hint-view = 视图
tui-hint-cut = 分组
tui-hint-filter = 筛选
tui-hint-sort = 排序
tui-hint-toggle = 显示或隐藏
tui-hint-accept = 保留
tui-hint-leave = 清除
tui-hint-run = 执行
tui-hint-palette = 命令
tui-hint-demo = 示例公司
tui-hint-back = 返回
tui-hint-undo = 撤销
tui-hint-redo = 重做
tui-hint-language = English
tui-hint-help = 帮助
tui-hint-quit = 退出
tui-help-title = 按键
tui-help-up = 上移一行
tui-help-down = 下移一行
tui-help-page-up = 上翻一屏
tui-help-page-down = 下翻一屏
tui-help-first = 到第一行
tui-help-last = 到最后一行
tui-help-open = 打开该行对应的记录，或打开记录
tui-help-next-view = 下一个视图
tui-help-previous-view = 上一个视图
tui-help-next-cut = 换一种分组：阶段、负责人、区域、季度、时长
tui-help-previous-cut = 换回上一种分组
tui-help-filter = 按名称、公司、负责人、邮箱或编号筛选；中文可用拼音或首字母
tui-help-sort = 按下一列排序，最后恢复原来的顺序
tui-help-reverse = 反向排序
tui-help-columns = 选择显示哪些列
tui-help-toggle-column = 显示或隐藏该列
tui-help-mark = 标记该行，再按一次取消
tui-help-copy = 复制已标记的行；没有标记则复制选中的行
tui-help-accept = 保留筛选，回到表格
tui-help-leave = 清除筛选，离开输入框
tui-help-run = 执行该命令
tui-help-close = 关闭命令面板
tui-help-palette = 按名称查找命令，中英文均可
tui-help-messages = 查看消息记录
tui-help-theme = 下一个主题：默认、浅色、深色、色盲友好、单色
tui-help-demo = 在示例公司里随便看看，不动你的数据
tui-help-guide = 如何导入 CRM 导出的 CSV 文件
tui-help-view-pipeline = 转到管道
tui-theme-default = 主题：终端自带颜色
tui-theme-light = 主题：浅色
tui-theme-dark = 主题：深色
tui-theme-colour-blind = 主题：色盲友好（蓝与橙）
tui-theme-mono = 主题：单色
tui-theme-now = 当前{ $theme }
tui-messages-title = 消息，最新的在前
tui-messages-none = 还没有消息。
tui-opening-demo = 正在打开示例公司……
tui-no-demo = 打不开示例公司：{ $cause }

tui-welcome-title = revops：终端里的收入运营
tui-welcome-what = 看漏斗的漏点在哪、管道里什么卡住了，每个数字都能追到背后的记录。
tui-welcome-next = 数据库还是空的，现在可以：

tui-guide-title = 如何导入数据
tui-guide-what = 按 q 退出，然后导入 CRM 导出的 CSV 或 Excel 文件：团队、产品、客户、线索、联系人、商机、阶段历史。文件先后不限，也可以给一个文件夹。
tui-guide-import = revops import FILE…
tui-guide-import-what = 自动识别各列，先说明如何理解每个文件，确认后才写入
tui-guide-look = revops import --dry-run FILE…
tui-guide-look-what = 只看不写，不做任何改动
tui-guide-undo = revops undo
tui-guide-undo-what = 撤回一次导入

tui-help-caret-left = 光标左移一个字符
tui-help-caret-right = 光标右移一个字符
tui-help-caret-start = 光标到开头
tui-help-caret-end = 光标到末尾
tui-help-delete-before = 删除前一个字符
tui-help-delete-under = 删除后一个字符
tui-help-delete-word = 删除前一个词
tui-help-delete-to-start = 删除前面的全部内容
tui-help-back = 返回上一层，不会退出
tui-help-undo = 撤销你最近的一次操作
tui-help-redo = 重做你刚撤销的操作
tui-help-language = 在 English 和中文之间切换
tui-help-help = 显示或关闭按键说明
tui-help-quit = 退出（仅限首屏）
tui-help-stop = 立即退出（任何位置）

tui-empty-title = 还没有商机。
tui-empty-shows = 这里按阶段、负责人和区域查看商机：赢了多少、成交要多久、哪些拖得太久。
tui-empty-how = 要填入数据，按 q 退出后运行其中一条命令：
tui-empty-import = revops import FILE…
tui-empty-import-what = 导入 CRM 导出的 CSV 或 Excel 文件：商机、客户、产品、团队
tui-empty-demo = revops demo
tui-empty-demo-what = 打开示例公司（单独的数据库，不动你的数据）

tui-says-older = { NUMBER($n) } 个未结商机的时长超过了以往任何一个已结商机（最长 { $days } 天），占管道金额 { $whole } 中的 { $part }
tui-says-slow = 未结金额的 { $share }（{ NUMBER($n) } 个商机）时长超过 { $days } 天，而四分之三的商机在此之前就已结单
tui-says-unpriced = { NUMBER($of) } 个未结商机中有 { NUMBER($n) } 个没有价格，未计入任何金额
tui-says-calm = 未结商机 { NUMBER($n) } 个，金额 { $amount }；已赢单 { NUMBER($won) } 个，金额 { $won_amount }

tui-fact-open = 未结
tui-fact-list-price = 按目录价
tui-fact-unpriced = 无价格
tui-fact-won = 赢单
tui-fact-win-rate = 赢单率
tui-fact-days = 结单天数中位数
tui-fact-middle-half = 中间一半
tui-fact-nine-of-ten = 九成不超过

tui-view-pipeline = 管道
tui-cut-stages = 阶段
tui-cut-owners = 负责人
tui-cut-regions = 区域
tui-cut-quarters = 季度
tui-cut-ageing = 时长

tui-column-stage = 阶段
tui-column-owner = 负责人
tui-column-region = 区域
tui-column-quarter = 结单季度
tui-column-age = 时长（天）
tui-column-deal = 商机
tui-column-person = 姓名
tui-column-name = 名称
tui-column-company = 公司
tui-column-status = 状态
tui-column-state = 阶段或状态
tui-column-account = 客户
tui-column-deals = 商机数
tui-column-amount = 金额
tui-column-open = 未结
tui-column-open-amount = 未结金额
tui-column-won = 赢单
tui-column-won-amount = 赢单金额
tui-column-win-rate = 赢单率
tui-column-median-days = 天数中位数
tui-column-median-age = 时长中位数（天）
tui-column-older = 超过最长 结单天数
tui-column-created = 创建
tui-column-age-or-closed = 时长或结单日
tui-older-note = 超过以往最长的结单天数
tui-at-list-price = 按目录价
tui-no-owner = （无人负责）
tui-no-region = （无区域）
tui-days-band = { $from }–{ $to }
tui-days-from = { $from } 及以上
tui-days = { NUMBER($n) } 天
tui-records = { NUMBER($n) } 个商机
tui-people = { NUMBER($n) } 人

tui-record-gone = 这条记录已不在数据库里；按 Esc 返回。
tui-section-links = 各系统中的编号
tui-section-history = 阶段历史
tui-section-attributes = 来源文件的其他列
tui-object-stage = 阶段
tui-object-member = 团队成员
tui-object-product = 产品
tui-object-account = 客户
tui-object-person = 人员
tui-object-opportunity = 商机
tui-related-opportunity = 商机
tui-related-person = 线索和联系人

field-account = 客户
field-amount = 金额
field-annual_revenue = 年收入
field-budget = 有预算
field-campaign = 营销活动
field-city = 城市
field-close_date = 成交日期
field-closed_at = 结单时间
field-company = 公司
field-contract_signed_at = 签约时间
field-country = 国家
field-created_at = 创建时间
field-decision_maker = 有决策人
field-disqualified_at = 判为无效
field-disqualified_reason = 无效原因
field-domain = 域名
field-email = 邮箱
field-employees = 员工数
field-first_name = 名
field-first_paid_at = 首次付款
field-first_touch_at = 首次联系
field-forecast_category = 预测类别
field-full_name = 姓名
field-high_intent = 高意向
field-hired_at = 入职日期
field-industry = 行业
field-kind = 类型
field-last_name = 姓
field-lead = 来源线索
field-left_at = 离职日期
field-list_price = 目录价
field-loss_reason = 输单原因
field-manager = 上级
field-mql_at = 成为 MQL
field-name = 名称
field-named_only = 只知道名称
field-need = 有需求
field-opportunity = 商机
field-opt_out = 拒收营销
field-outcome = 结果
field-owner = 负责人
field-parent = 上级客户
field-phone = 电话
field-position = 次序
field-postcode = 邮编
field-probability = 赢单概率
field-product = 产品
field-region = 区域
field-role = 职位
field-sal_at = 成为 SAL
field-score = 评分
field-segment = 客户分层
field-source = 来源
field-sql_at = 成为 SQL
field-stage = 阶段
field-status = 状态
field-street = 街道
field-team = 团队
field-time_zone = 时区
field-title = 职务
field-wechat = 微信
field-weekly_capacity = 每周容量

### 命令行

cli = 终端里的收入运营：漏点在哪、什么超时了、数据哪里有错
cli-help = 显示帮助
cli-version = 显示版本
cli-heading-usage = 用法
cli-heading-commands = 命令
cli-heading-arguments = 参数
cli-heading-options = 选项
cli-value-command = 命令
cli-global-store = 使用的数据库：一个文件，或团队共用的 postgres://…（默认用你自己的）
cli-global-lang = 语言
cli-global-now = 以此刻为准，便于比较时长
cli-global-color = 颜色
cli-global-ascii = 只用 ASCII 字符画线
cli-global-no-mouse = 鼠标留给终端使用
cli-global-theme = 主题：default、light、dark、colour-blind 或 mono
cli-global-config = 设置文件（默认用你自己设置目录里的 config.toml）
cli-demo = 打开示例公司（单独的数据库，不动你的数据）
cli-demo-no-ui = 把示例数据写进 --store 指定的新数据库后退出
cli-import = 导入 CSV 文件和工作簿
cli-import-files = 文件或文件夹
cli-import-as-object = 数据类型：team、products、accounts、leads、contacts、opportunities、stage-history 或 targets
cli-import-sheet = 只导入工作簿里的这张工作表
cli-import-map = 自定义的列映射文件
cli-import-system = 文件来自哪个系统
cli-import-exported-at = 文件的导出时间
cli-import-dates = 03/04/2026 这类日期的写法
cli-import-values = 把该字段里的 FROM 读作 TO；若是名称，则记住这个别名
cli-import-dry-run = 只看如何识别、会有什么变化，不写入
cli-import-yes = 不再询问，直接导入
cli-import-on-conflict = 已有记录怎么处理；replace 会用空白清除原值
cli-import-format = 输出格式
cli-show = 打印一个面板
cli-show-pane = 哪个面板
cli-show-funnel = 看哪个漏斗：lead-to-cash、product-led 或自定义的（默认第一个）
cli-show-period = 看哪个期间（默认本季度）
cli-show-compare = 与上一期间对比，或与去年同期对比
cli-show-basis = 跟踪该期间进入的记录，或统计该期间的事件
cli-show-skips = 跳过的阶段怎么算：视为已过、必须按顺序、不论顺序
cli-show-measure = 按记录数，或按商机金额
cli-show-segments = 只看 source=、tenure=、region=、owner=、segment= 或 product=；可以给多个
cli-show-fiscal-year-starts = 财年从哪个月开始
cli-show-format = 输出格式
cli-log = 列出操作记录，最新的在前
cli-log-limit = 列多少条
cli-log-format = 输出格式
cli-undo = 撤销一次操作，默认撤销你最近的一次
cli-undo-action = 操作编号，见 revops log
cli-redo = 重做你刚撤销的操作
cli-store = 查看数据库本身
cli-store-info = 查看数据库内容概况
cli-store-info-format = 输出格式
cli-store-verify = 检查数据库是否完好
cli-store-verify-format = 输出格式
cli-sample = 生成一家示例公司的 CSV 文件
cli-sample-leads = 线索数量
cli-sample-seed = 换个数字就是另一家公司
cli-sample-output = 输出文件夹
cli-screenshot = 把面板画成 SVG 图片
cli-screenshot-pane = 哪个面板
cli-screenshot-output = 图片文件
cli-screenshot-size = 列数和行数
cli-screenshot-demo = 画示例公司

usage-unknown = 这里没有选项 { $word }；用 --help 查看全部选项
usage-command = 没有命令 { $word }；用 --help 查看全部命令
usage-missing = 缺少 { $word }；用 --help 查看用法
usage-value = { $argument } 不接受“{ $word }”，可以是：{ $expected }
usage-number = 整数
usage-value-field = --value 里没有字段 { $field }
usage-other = 看不懂这条命令（{ $word }）；用 --help 查看用法
usage-import-needs-yes = 当前无法询问；加 --yes 直接导入，或加 --dry-run 先看看
usage-demo-needs-store = 请用 --store 指定要写入的新数据库

### 错误

error-store-open = 打不开数据库 { $place }：{ $cause }
error-store-missing = { $place } 没有数据库；先导入一个文件
error-store-foreign = { $place } 不是 revops 数据库；请用 --store 指定别的文件
error-store-newer = 这个数据库由更新版本的 revops 创建（结构 { $found }，本程序只认得 { $known }）；请升级程序
error-store-older = 这个数据库来自旧版 revops（结构 { $found }，需要 { $known }）；以可写方式打开一次即可升级
error-store-migration = 数据库结构的第 { $version } 步与本程序自带的不一致；请用创建它的程序打开
error-store-busy = 另一个窗口已写入好几分钟；等它结束后再试
error-store-read-only = 数据库不可写；请检查文件和文件夹的权限
error-store-disk-full = 磁盘已满；没有任何改动
error-store-damaged = 数据库已损坏（{ $cause }）；请换上备份，或把文件导入一个新的数据库
error-store-duplicate = 数据库里已有这一行（{ $cause }）；没有任何改动
error-store-reference = 还有别的记录在用它（{ $cause }）；没有任何改动
error-store-changed = 这条记录刚被别人改过；请先重新查看
error-store-lost = 与数据库的连接断了：{ $cause }
error-store-sql = 数据库报告：{ $cause }
error-file = { $path }：{ $cause }
error-not-a-file = { $path } 既不是文件也不是文件夹
error-empty-folder = { $path } 里没有 CSV 文件
error-no-field = { $object } 没有字段 { $field }
error-shipped = revops 自带的文件已损坏：{ $cause }
error-demo-store-not-empty = { $place } 里已有数据；请换一个新文件
error-config-syntax = { $file } 第 { $line } 行：{ $detail }
error-config-key = { $file } 第 { $line } 行：没有选项 { $key }；可用的有 { $choices }
error-config-key-meant = { $file } 第 { $line } 行：没有选项 { $key }；是不是 { $meant }？
error-config-value = { $file } 第 { $line } 行：{ $key } 可以是 { $choices }
error-config-command = { $file } 第 { $line } 行：没有命令 { $command }；全部命令见 docs/keys.zh-CN.md
error-config-command-meant = { $file } 第 { $line } 行：没有命令 { $command }；是不是 { $meant }？
error-config-key-name = { $file } 第 { $line } 行：“{ $key }”不是按键名；可以是单个字符、Space、Enter、PgUp、F1、Ctrl-R 等
error-config-two = { $file } 第 { $line } 行：{ $command } 的按键 { $key } 已属于 { $other }；请给 { $other } 换一个按键
error-config-file = { $file } 第 { $line } 行：无法读取 { $path }：{ $cause }
error-config-missing = { $file } 第 { $line } 行：这里缺少 { $key }
error-funnel-twice = { $file } 第 { $line } 行：“{ $word }”在第 { $first } 行已出现过
error-funnel-stages = { $file } 第 { $line } 行：漏斗 { $funnel } 至少要有两个阶段

refused-nothing-to-undo = 没有可以撤销的操作
refused-nothing-to-redo = 没有可以重做的操作
refused-unknown = 没有编号为 { $action } 的操作；用 revops log 查看
refused-already-undone = 操作 { $action } 已经撤销过了
refused-not-reversible = 操作 { $action } 本身就是撤销或重做；请直接用 revops undo 或 revops redo
refused-overtaken = 不能重做：同样的记录后来又导入过，或它需要的记录已不在
refused-changed-since = 操作 { $action } 不能还原：其后 { $actor } 改动或引用了其中 { NUMBER($rows) } 行（操作 { $by }，{ $kind ->
        [import] 导入
       *[other] 修改
    }）；请先撤销那次操作

### 操作记录

action-import = 导入 { $files }：新增 { NUMBER($new) }，更新 { NUMBER($changed) }，未导入 { NUMBER($rejected) }
action-edit = 修改 { $object } 的 { $field }
action-undo = 撤销操作 { $target }
action-redo = 重做操作 { $target }
log-empty = 这个数据库里还没有任何操作。
log-undone = 已撤销
undone = 已撤销：操作 { $action }，{ $what }
redone = 已重做：操作 { $action }，{ $what }

### 数据库

store-place = 数据库
store-name = 公司
store-currency = 币种
store-schema = 结构版本
store-actions = 操作数
object-stage = 阶段
object-member = 团队成员
object-product = 产品
object-account = 客户
object-person = 线索和联系人
object-opportunity = 商机
object-stage_change = 阶段变更
object-lifecycle_change = 线索与联系人的阶段变更
object-target = 目标
object-link = 外部系统编号
object-source_value = 各系统的值
object-import_file = 导入的文件
object-problem = 未导入的行和备注
verify-sound = 数据库完好。
verify-engine = 数据库引擎报告：{ $what }
verify-no-action = { $object }：{ NUMBER($rows) } 行的操作不在记录里
verify-id-beyond-counter = { $object }：{ NUMBER($rows) } 行的编号从未分配过
verify-broken-reference = { $object }：{ $rows } 处引用指向不存在的行
verify-stray-link = { $object }：{ NUMBER($rows) } 个外部编号指向不存在的记录
verify-action-beyond-counter = 有 { NUMBER($rows) } 次操作的编号从未分配过
verify-half-undone = 有 { NUMBER($rows) } 次操作标为已撤销，实际没有
verify-runs-overlap = 有 { NUMBER($rows) } 次操作占用了别人的编号

### 导入

as-team = 团队
as-products = 产品
as-accounts = 客户
as-leads = 线索
as-contacts = 联系人
as-opportunities = 商机
as-stage-history = 阶段历史
as-targets = 目标
import-col-file = 文件
import-col-object = 内容
import-col-rows = 行数
import-col-new = 新增
import-col-changed = 更新
import-col-unchanged = 未变
import-col-rejected = 未导入
import-question = 导入吗？[y/N]
import-dates-question = { $file }：{ $column } 里有 { $example } 这样的日期。最前面是年、月还是日？[y/m/d]
import-skipped-sheet = { $file }：{ $reason ->
        [empty] 工作表是空的
       *[unknown] 未导入，表头不属于任何已知文件；如需导入，请用 --sheet 指定工作表，并用 --as 指明类型
    }
import-cancelled = 没有导入任何内容。
import-done = 已导入，操作编号 { $batch }。要撤回：revops undo
import-dry-run = 没有任何改动（--dry-run）。
import-nothing-new = 没有新内容：数据库里已经都有了。
import-unmatched = { $object }：“{ $name }”（{ NUMBER($rows) } 行）不在已知的名称里
import-unmatched-meant = { $object }：“{ $name }”（{ NUMBER($rows) } 行）不在已知的名称里；是“{ $meant }”吗？是的话请加上 --value "{ $field }:{ $name }={ $meant }" 再导入一次
import-named-only = { $object }：{ NUMBER($count) } 个只知道名称，等对应的文件来补全
import-suspect = { $file }：{ $field }“{ $value }”（{ NUMBER($rows) } 行）像是“{ $meant }”；已按原样导入
import-blank = { $file }：空白单元格：{ $fields }
import-voided = { $file }：{ NUMBER($rows) } 个单元格读不出来；记录已保留，这些值留空
import-shared = { $object }：有多个叫“{ $name }”；{ NUMBER($rows) } 行归到了最早的一个，用编号引用更可靠
import-alias-refused = --value "{ $alias }" 没有记住：没有叫这个名称的记录，或前一个名称本身就是一条记录
import-unmatched-more = 另有 { NUMBER($count) } 个名称不在已知的名称里；--format json 可列出全部
import-no-rows = 文件在表头下面没有数据行。
import-all-rejected = 没有一行可用；没有导入任何内容。
import-new-stages = 不认识的阶段，按未结处理：{ $names }。若其中有赢单或输单，请加上 --value "stage:名称=赢单" 或 "stage:名称=输单" 再导入一次
import-problem-cell = { $file } 第 { $line } 行：{ $field }“{ $value }”{ $reason }
import-note = { $file }：{ $field }“{ $value }”{ $reason }（{ NUMBER($rows) } 行）
import-notes-more = 另有 { NUMBER($count) } 条同类提示
import-problem-row = { $file } 第 { $line } 行：{ $reason }
import-rejects-failed = { $file }：未导入的行写不进文件（{ $cause }）；已保存在数据库里
import-stage-moves = { $file }：{ NUMBER($rows) } 次阶段变更已记入历史
import-went-back = { $file }：{ NUMBER($rows) } 个商机退回了较早的阶段
import-conflicts = { $file }：{ NUMBER($rows) } 个值与主系统不一致，保留主系统的值
import-stale = { $file }：{ NUMBER($rows) } 行比已知的旧，没有覆盖任何值
import-rejects = { $file }：{ NUMBER($rows) } 行未导入；请在 { $path } 里改好后再导入该文件
preview-file = { $path }：{ $object }，{ NUMBER($rows) } 行，{ $encoding }，分隔符 { $delimiter }，导出于 { $exported }
preview-sheet = { $path }：{ $object }，{ NUMBER($rows) } 行，{ $encoding }，导出于 { $exported }
preview-key = 行的标识
preview-by-id = 按编号
preview-attribute = 原样保留
preview-ignored = 不读取
delimiter-tab = 制表符
delimiter-comma = 逗号
delimiter-semicolon = 分号
delimiter-bar = |
list-separator = 、
error-import-not-text = { $file } 不是文本文件，而是{ $what ->
        [xls] 旧版 Excel 工作簿；请另存为 .xlsx 或 CSV 再导入
        [protected] 设有密码的工作簿；请去掉密码，或另存为 CSV 再导入
        [ods]  OpenDocument 表格；请另存为 .xlsx 或 CSV 再导入
        [zip]  ZIP 压缩包；请解压后导入其中的文件
        [pdf]  PDF；请把表格导出为 CSV
        [png] 图片；请把表格导出为 CSV
       *[binary] 二进制数据；请把表格导出为 CSV
    }
error-import-empty = { $file } 是空的
error-import-no-header = { $file } 的第一行没有列名（{ $first }）；请补上表头
error-import-no-key = { $file }：没有一列能区分不同的记录（{ $object }）；需要其中之一：{ $wanted }，或在映射文件（--map）里用 key = […] 指定
error-import-unknown-object = { $file }：从列名（{ $headers }）看不出是什么数据；请用 --as 指明：{ $choices }
error-import-ambiguous-dates = { $file }：{ $column } 里 { $example } 这样的日期有多种读法；请指明 --dates mdy、dmy 或 ymd
error-import-line-too-long = { $file }：第 { $line } 行超过 16 MB，不像表格；请检查是否缺少引号
error-import-too-many-columns = { $file } 有 { $columns } 列；最多 2,000 列
error-import-workbook = { $file } 无法作为工作簿读取（{ $cause }）；请重新另存为 .xlsx 或 CSV 再导入
error-import-too-large = { $file } 太大，不能作为工作簿读取（上限 256 MB，解压后 1 GB）；请把工作表另存为 CSV 再导入
error-import-too-many-cells = { $file } 超过 5000 万个单元格；请把工作表另存为 CSV 再导入
error-import-no-sheet = { $file } 里没有工作表 { $sheet }；现有：{ $sheets }
error-import-unknown-sheets = { $file }：没有一张工作表的表头能识别（{ $sheets }）；请用 --sheet 指定工作表，并用 --as 指明类型
error-import-profile-object = { $file }：映射 { $profile } 用于 { $object }，不是 { $asked }
error-profile-field = { $file } 第 { $line } 行：没有字段 { $key }
error-profile-field-meant = { $file } 第 { $line } 行：没有字段 { $key }；是不是 { $meant }？
error-profile-key = { $file } 第 { $line } 行：映射里没有 { $key } 这一项
error-profile-key-meant = { $file } 第 { $line } 行：映射里没有 { $key } 这一项；是不是 { $meant }？
error-profile-type = { $file } 第 { $line } 行：{ $key } 应为{ $wanted ->
        [text] 文本
        [list] 列表
       *[other] { " " }{ $wanted }
    }
error-profile-object = { $file } 第 { $line } 行：{ $value } 不在可选范围内：{ $choices }
error-profile-format = { $file } 第 { $line } 行：{ $format } 不是日期格式
error-profile-syntax = { $file } 第 { $line } 行：{ $detail }
problem-currency = 不是币种代码
problem-date = 不是日期
problem-flag = 不是“是”或“否”
problem-long = 超过 10,000 个字符
problem-long-key = 超过 500 个字符
problem-money = 不是金额
problem-number = 不是数字
problem-no-key = 没有编号
problem-other-object = 既不是商机，也不是线索或联系人
problem-same-key = 与第 { $line } 行编号相同但内容不同
problem-too-many-cells = 单元格比表头多
problem-unclosed-quote = 引号没有闭合
problem-unknown-reference = 引用了未知的记录
problem-stage-back = 退回了较早的阶段
problem-missing = 缺少 { $field }
problem-no-opportunity = 没有这个商机
problem-no-person = 没有这个线索或联系人
problem-no-move = 缺少阶段或变更时间
problem-no-target = 缺少目标的指标或期间
problem-no-target-value = 没有目标值
problem-period = { $period } 不是期间：请写 2026、2026-Q4、2026-10、2026-W41 或 2026-10-01..2026-10-15
problem-unknown-metric = 没有视图会显示这个指标；目标已保留

### 示例与图片

demo-filled = 示例公司已写入 { $place }。查看：revops --store { $place }
sample-written = 已在 { $folder } 写入 { $files } 个文件
screenshot-written = 图片已写入 { $path }

### 文本形式的管道

pipeline-stages = 阶段
pipeline-owners = 负责人
pipeline-regions = 区域
pipeline-quarters = 按季度赢单
pipeline-ageing = 未结商机的时长
pipeline-without-deals = 在团队里但没有商机：{ $names }
pipeline-nobody = 无人负责
pipeline-no-region = 无区域
pipeline-age-band = { $from }–{ $to } 天
pipeline-age-unknown = 时长未知
pipeline-age-beyond = { $from } 天及以上
pipeline-col-as-of = 截至
pipeline-col-total = 商机
pipeline-col-open = 未结
pipeline-col-open-amount = 未结金额
pipeline-col-with-amount = 未结，有金额
pipeline-col-at-list-price = 未结，按目录价
pipeline-col-unpriced = 未结，无价格
pipeline-col-won = 赢单
pipeline-col-won-amount = 赢单金额
pipeline-col-lost = 输单
pipeline-col-win-rate = 赢单率
pipeline-col-days-to-close = 结单天数（中位数）
pipeline-col-days-quartiles = 中间一半商机
pipeline-col-days-longest = 最长
pipeline-col-older = 比任何已结商机都久的未结商机
pipeline-col-stage = 阶段
pipeline-col-deals = 商机
pipeline-col-amount = 金额
pipeline-col-median-age = 时长中位数（天）
pipeline-col-name = 名称
pipeline-col-median-days = 天数中位数
pipeline-col-quarter = 季度
pipeline-col-age = 时长

### 漏斗

funnel-funnel = 漏斗
funnel-period = 期间
funnel-compare = 对比
funnel-basis = 口径
funnel-segment = 细分
funnel-as-of = 截至
funnel-so-far = { $period } 至今
funnel-same-days = { $period } 同样天数
funnel-no-comparison = 无
funnel-basis-cohort = 同期群
funnel-basis-snapshot = 期间快照
funnel-skips-imputed = 跳过的阶段视为已过
funnel-skips-strict = 严格按顺序
funnel-skips-any = 不论顺序
funnel-measure-count = 数量
funnel-measure-amount = 金额
funnel-segment-all = 全部
funnel-tenure-new = 新人
funnel-tenure-tenured = 老员工
funnel-value-unknown = （未知）
funnel-dimension-source = 来源
funnel-dimension-tenure = 资历
funnel-dimension-region = 区域
funnel-dimension-owner = 负责人
funnel-dimension-segment = 客户分层
funnel-dimension-product = 产品
funnel-says-leak = 转化漏点：{ $from } → { $to } 从 { $before } 降到 { $now }（{ $change }）
funnel-says-no-leak = 没有漏点：各阶段转化率的下降都可能是偶然
funnel-says-too-few = 期满的记录太少，还判断不了转化率的变化
funnel-says-snapshot = 按期间内的事件计：各阶段不是同一批记录，比值不是转化率
funnel-says-empty = { $period } 没有记录进入漏斗
funnel-not-recorded = 数据里没有：{ $names }
tui-draft = 草案
tui-draft-all = 口径草案
drafts-all = 以上指标均为草案口径，尚未经收入运营批准。
drafts-some = 草案口径，尚未经收入运营批准：{ $names }
funnel-col-stage = 阶段
funnel-col-count = 数量
funnel-col-change = 变化
funnel-col-previous = 占上一阶段
funnel-col-n = 样本
funnel-col-interval = 95% 区间
funnel-col-rate-change = 转化率变化
funnel-col-first = 占首阶段
funnel-col-young = 未满期限
funnel-col-median = 天数中位数
funnel-col-p90 = 九成天数
funnel-verdict-leak = 漏点
funnel-verdict-fell = 下降
funnel-verdict-better = 改善
funnel-verdict-luck = 可能是偶然
funnel-verdict-few = 样本太少
funnel-trend = 最近十三期

usage-period = --period { $word } 不是期间；写法如 2026-Q4、2026-10、2026-W41 或 2026-07-01..2026-08-17
usage-segment = --segment 可用 { $keys }，例如 source=Event
usage-segment-value = 没有{ $dimension }为 { $value } 的记录；现有：{ $known }
usage-funnel = 没有漏斗 { $word }；现有：{ $known }
usage-not-for-pane = show { $pane } 用不到 { $option }

### 漏斗视图

tui-view-flow = 漏斗
tui-hint-explain = 口径
tui-help-explain = 查看该行各个数字的口径说明
tui-help-view-flow = 到漏斗视图
tui-hint-period = 期间
tui-hint-segment = 细分
tui-hint-basis = 口径切换
tui-help-flow-unit = 按周、按月或按季度
tui-help-flow-earlier = 前一期
tui-help-flow-later = 后一期
tui-help-flow-segment = 选择细分：来源、新人、区域、负责人等
tui-help-flow-basis = 切换同期群与期间快照
tui-help-flow-compare = 与上一期间或去年同期对比
tui-help-flow-skips = 跳过的阶段：视为已过、严格按顺序、不论顺序
tui-help-flow-measure = 按数量或按金额
tui-help-flow-intervals = 显示或隐藏 95% 区间
tui-help-flow-funnel = 下一个漏斗
tui-help-flow-definitions = 阶段定义：负责方、进入和离开条件、必填字段、天数
tui-help-toggle-segment = 选中或取消该值
tui-segments-title = 只看一部分
tui-column-count = 数量
tui-column-change = 变化
tui-column-target = 目标
tui-column-rate-target = 转化率目标
tui-column-of-previous = 占上一阶段
tui-column-n = 样本
tui-column-interval = 95% 区间
tui-column-rate-change = 转化率变化
tui-column-of-first = 占首阶段
tui-column-n-first = 首阶段样本
tui-column-p90-days = 九成天数
tui-column-rate-trend = 转化率 十三期
tui-column-count-trend = 数量 十三期
funnel-against = 对比 { $period }
funnel-only = 仅 { $segment }
funnel-note-conversion = { $whole } 条中有 { $part } 条在 { $days } 天内转化；另有 { $young } 条未满期限，暂不计
funnel-note-all-young = { $young } 条都未满 { $days } 天，暂不计
funnel-note-interval = 95% 区间：{ $low } 到 { $high }
funnel-note-luck = 95% 区间：{ $low } 到 { $high }；变化在 { $from } 到 { $to } 个百分点之间，可能是偶然
funnel-note-target = 目标 { $target }：{ $stands }
funnel-note-target-by-now = 目标 { $target }，截至目前应达到 { $now }：{ $stands }
funnel-note-rate-target = 转化率目标 { $target }：{ $stands }
funnel-note-days-target = 停留天数目标不超过 { $target }：{ $stands }
funnel-targets = 目标
rag-green = 已达标
rag-amber = 接近目标
rag-red = 未达标
rag-none = 尚无数据
rag-limit-green = 未超出
rag-limit-amber = 略有超出
rag-limit-red = 已超出
funnel-note-sure = 95% 区间：{ $low } 到 { $high }；变化在 { $from } 到 { $to } 个百分点之间，不是偶然
funnel-note-definition = { $name }：{ $entry }。结束于：{ $exit }。负责：{ $owner }
funnel-empty-title = 这个漏斗里还没有数据：{ $funnel }
funnel-empty-leads = 需要带日期的线索或商机：创建、成为 MQL、成为 SQL、结单。
funnel-empty-history = 需要人员或商机的阶段历史，每个阶段都带时间：{ $names }
funnel-empty-other = 按 w 看下一个漏斗。
funnel-empty-import = revops import FILE…
funnel-empty-import-what = 导入 CRM 导出的 CSV 或 Excel 文件：线索、商机、阶段历史
explain-withheld = 没有数值
explain-definition = 含义
explain-formula = 公式
explain-interval = 95% 区间
explain-records = 背后记录
explain-segment = 仅限
explain-excluded = 不计入
explain-rule = 小样本
explain-source = 数据来源
explain-as-of = 截至
explain-entry = 字典条目
explain-small-sample = 少于 { $n } 条时只列两个数，不给百分比
explain-entry-says = { $key }，第 { $version } 版，{ $status }；负责方：{ $owner }
metric-status-draft = 草稿
metric-status-proposed = 已提议，尚未经收入运营批准
metric-status-approved = 收入运营已批准
withheld-no-records = 没有可供计算的记录
withheld-small-sample = 记录太少，不给百分比
withheld-too-young = 所有记录都未满期限
withheld-mixed-currencies = 金额币种不一
withheld-no-comparison = 没有可对比的期间
withheld-not-applicable = 此处没有意义
explain-n = { NUMBER($n) } 条记录；按 Enter 列出

### 按键手册

docs-keys-title = 按键
docs-keys-how = 本页由程序生成。可在设置文件的 `[keys]` 里按命令名改用别的按键；没有按键的命令在命令面板（`:`）里。
docs-keys-keys = 按键
docs-keys-what = 作用
docs-keys-where = 位置
docs-keys-id = 命令名
docs-keys-all = 所有位置
docs-keys-welcome = 首页
docs-keys-guide = 导入说明
docs-keys-everywhere = 除输入框外的所有位置
docs-keys-flow = 漏斗
docs-keys-explain = 口径说明
docs-keys-stages = 阶段定义
docs-keys-segments = 选择细分
docs-keys-pipeline = 管道
docs-keys-list = 列表
docs-keys-record = 记录
docs-keys-help = 帮助
docs-keys-columns = 选择列
docs-keys-messages = 消息
docs-keys-field = 筛选框
docs-keys-palette = 命令面板

### 阶段定义

stages-title = { $funnel } · 阶段定义 v{ $version } · 实测期间 { $period }
stages-version = 版本
stages-measured = 实测期间
stages-optional = { $name }（可跳过）
stages-owner = 负责方
stages-entry = 进入条件
stages-exit = 离开条件
stages-required = 必填字段
stages-days = 停留天数
stages-events = 判断依据
stages-names = CRM 里的叫法
stages-days-expected = 预计 { $days } 天
stages-days-measured = 预计 { $days } 天，中位数 { $median } 天（{ NUMBER($n) } 条记录）
stages-confirmed = { $events }，且已{ $event }
stages-event-person-created-at = 创建线索
stages-event-person-mql-at = 成为 MQL
stages-event-person-sal-at = SDR 接受
stages-event-person-sql-at = 销售确认合格
stages-event-opportunity-created-at = 创建商机
stages-event-opportunity-won = 赢单
stages-event-account-first-paid-at = 首次付款
list-or = 或
