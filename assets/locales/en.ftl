### tui

number-part-of = { $part } of { $whole }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
word-yes = yes
word-no = no
word-open = open
word-won = won
word-lost = lost
word-lead = lead
word-contact = contact
word-row = row
word-cell = cell
word-note = note

tui-demo-clock = demo clock
tui-as-of = as of
tui-loading = Reading the store …
tui-undoing = Undoing …
tui-redoing = Doing it again …
tui-tone-failed = Not done:
tui-not-at-top = q quits from the first screen only; Esc goes back
tui-error-terminal = the terminal cannot be used: { $cause }
tui-error-no-terminal = there is no terminal here; for text use: revops show pipeline
tui-error-crashed = a part of the program has failed; your data is safe, and the message above helps to find out why

tui-hint-move = select
tui-hint-open = open
tui-hint-view = view
tui-hint-back = back
tui-hint-undo = undo
tui-hint-redo = redo
tui-hint-language = 中文
tui-hint-help = help
tui-hint-quit = quit
tui-help-title = Keys
tui-help-up = one line up
tui-help-down = one line down
tui-help-page-up = one screen up
tui-help-page-down = one screen down
tui-help-first = to the first line
tui-help-last = to the last line
tui-help-open = open the deals behind the line, or the record
tui-help-next-view = next view: stages, owners, regions, quarters, ageing
tui-help-previous-view = previous view
tui-help-back = back; never quits
tui-help-undo = undo your last action
tui-help-redo = do again what you undid last
tui-help-language = switch between English and 中文
tui-help-help = show and hide this page
tui-help-quit = quit, from the first screen
tui-help-stop = quit at once, from anywhere

tui-empty-title = No deals yet.
tui-empty-shows = This pane shows deals by stage, owner and region, what was won, how long it takes, and what is getting old.
tui-empty-how = To fill it, quit with q and run one of these:
tui-empty-import = revops import FILE…
tui-empty-import-what = CSV exports of your CRM: deals, accounts, products, team
tui-empty-demo = revops demo
tui-empty-demo-what = the sample company, in a store of its own

tui-says-older =
    { $n ->
        [one] 1 open deal is older than any deal that ever closed ({ $days } days): { $part } of { $whole } in the pipeline
       *[other] { NUMBER($n) } open deals are older than any deal that ever closed ({ $days } days): { $part } of { $whole } in the pipeline
    }
tui-says-slow = { $share } of the open amount ({ NUMBER($n) } deals) is older than { $days } days, by when three of four deals had closed
tui-says-unpriced = { NUMBER($n) } of { NUMBER($of) } open deals have no price and are missing from every amount
tui-says-calm = { NUMBER($n) } open deals worth { $amount }; { NUMBER($won) } won so far, worth { $won_amount }

tui-fact-open = open
tui-fact-list-price = at list price
tui-fact-unpriced = without a price
tui-fact-won = won
tui-fact-win-rate = win rate
tui-fact-days = days to close, median
tui-fact-middle-half = middle half
tui-fact-nine-of-ten = 9 of 10 within

tui-view-stages = Stages
tui-view-owners = Owners
tui-view-regions = Regions
tui-view-quarters = Quarters
tui-view-ageing = Ageing

tui-column-stage = stage
tui-column-owner = owner
tui-column-region = region
tui-column-quarter = closed in
tui-column-age = days open
tui-column-deal = deal
tui-column-account = account
tui-column-deals = deals
tui-column-amount = amount
tui-column-open = open
tui-column-open-amount = open amount
tui-column-won = won
tui-column-won-amount = won amount
tui-column-win-rate = win rate
tui-column-median-days = median days
tui-column-median-age = median age, d
tui-column-older = older than any closed
tui-column-created = created
tui-column-age-or-closed = age or closing
tui-older-note = older than any that closed
tui-at-list-price = at list price
tui-no-owner = (no owner)
tui-no-region = (no region)
tui-days-band = { $from }–{ $to }
tui-days-from = { $from } and more
tui-days = { NUMBER($n) } d
tui-records =
    { $n ->
        [one] 1 deal
       *[other] { NUMBER($n) } deals
    }

tui-record-gone = This record is no longer in the store; Esc goes back.
tui-section-links = How each system calls it
tui-section-history = Stage history
tui-section-attributes = Other columns of the source
tui-object-stage = Stage
tui-object-member = Team member
tui-object-product = Product
tui-object-account = Account
tui-object-person = Person
tui-object-opportunity = Deal
tui-related-opportunity = Deals
tui-related-person = People

field-account = account
field-amount = amount
field-annual_revenue = annual revenue
field-budget = budget
field-campaign = campaign
field-city = city
field-close_date = close date
field-closed_at = closed
field-company = company
field-contract_signed_at = contract signed
field-country = country
field-created_at = created
field-decision_maker = decision maker
field-disqualified_at = disqualified
field-disqualified_reason = reason
field-domain = domain
field-email = e-mail
field-employees = employees
field-first_name = first name
field-first_paid_at = first paid
field-first_touch_at = first touch
field-forecast_category = forecast category
field-full_name = name
field-high_intent = high intent
field-hired_at = hired
field-industry = industry
field-kind = kind
field-last_name = last name
field-lead = lead
field-left_at = left
field-list_price = list price
field-loss_reason = loss reason
field-manager = manager
field-mql_at = MQL since
field-name = name
field-named_only = known by name only
field-need = need
field-opportunity = deal
field-opt_out = opted out
field-outcome = outcome
field-owner = owner
field-parent = parent account
field-phone = phone
field-position = position
field-postcode = postcode
field-probability = probability
field-product = product
field-region = region
field-role = role
field-sal_at = SAL since
field-score = score
field-segment = segment
field-source = source
field-sql_at = SQL since
field-stage = stage
field-status = status
field-street = street
field-team = team
field-time_zone = time zone
field-title = title
field-wechat = WeChat
field-weekly_capacity = weekly capacity
