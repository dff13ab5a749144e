### tui

number-days = { $days } d
number-points = { $points } pt
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
word-told = a history file
word-seen = two exports
word-explained = two exports, told by a history file
word-lost = lost
word-lead = lead
word-contact = contact
word-row = row
word-cell = cell
word-note = note
word-call = call
word-email = e-mail
word-meeting = meeting
word-wechat = WeChat
word-assigned = assigned
word-paused = paused
word-resumed = resumed
word-returned = returned
word-accepted = accepted
word-form = form filled in
word-form_returned = form sent back
word-form_accepted = form accepted
word-kickoff = kick-off booked
word-next_touch = next touch set
word-meeting_booked = meeting booked
word-no_show = nobody came
word-inbound = inbound
word-outbound = outbound
word-new = new
word-expansion = expansion
word-contraction = contraction
word-churn = churn
word-reactivation = reactivation
word-csat = CSAT
word-nps = NPS
word-data = data
word-application = application
word-efficiency = efficiency
word-integration = integration
word-one_way = one-way
word-two_way = two-way
word-active = active
word-planned = planned
word-broken = broken
word-off = off

tui-demo-clock = demo clock
tui-read-only = read-only
tui-as-of = as of
tui-loading = Reading the store …
tui-no-lines = Nothing matches.
tui-hits-elsewhere =
    { $n ->
        [one] The other tables have 1 record that does; { $key } goes there.
       *[other] The other tables have { NUMBER($n) } records that do; { $key } goes there.
    }
tui-found = { $found } of { $all }
tui-sorted-by = Sorted by { $column }; S sorts the other way round
tui-sorted-own = Sorted as before
tui-marked =
    { $n ->
        [0] Nothing is marked
        [one] 1 line is marked; y copies it, Esc takes the mark away
       *[other] { NUMBER($n) } lines are marked; y copies them, Esc takes the marks away
    }
tui-copied =
    { $n ->
        [one] Copied: { $what }
       *[other] Copied { NUMBER($n) } lines, the first is { $what }
    }
tui-columns-title = Columns of this table
tui-columns-hidden =
    { $n ->
        [one] 1 column hidden
       *[other] { $n } columns hidden
    }
tui-copied-mark = verdict
tui-copied-note = note
tui-undoing = Undoing …
tui-redoing = Doing it again …
tui-tone-failed = Not done:
tui-not-at-top = q quits from the first screen only; Esc goes back
tui-at-top = This is the first screen; q quits
tui-nothing-to-open = Nothing to open on this line
tui-nothing-here = There is nothing here to work on
tui-not-here = { $key } does nothing here; elsewhere: { $what }
tui-not-sorted = The table has its own order; s sorts it first
tui-error-terminal = the terminal cannot be used: { $cause }
tui-error-no-terminal = there is no terminal here; for text use: revops show pipeline
tui-error-crashed = a part of the program has failed; your data is safe, and the message above helps to find out why

tui-hint-move = select
tui-hint-open = open
tui-hint-view = view
tui-hint-cut = by
tui-hint-filter = filter
tui-hint-sort = sort
tui-hint-toggle = show or hide
tui-hint-choose = choose
tui-hint-accept = keep
tui-hint-leave = clear
tui-hint-run = run
tui-hint-palette = commands
tui-hint-demo = sample company
tui-hint-import = import
tui-hint-import-go = import
tui-hint-suggested = take suggestions
tui-hint-complete = complete
tui-hint-meaning = meaning
tui-hint-holds = what it is
tui-hint-mapping = mapping, system
tui-hint-dates = dates
tui-hint-exported = exported
tui-hint-save = save mapping
tui-hint-next-file = next file
tui-hint-leave-out = leave out
tui-hint-close = close
tui-hint-back = back
tui-hint-undo = undo
tui-hint-redo = redo
tui-hint-language = 中文
tui-hint-help = help
tui-hint-quit = quit
tui-hint-reset = show all
tui-hint-clear = clear
tui-help-title = Keys
tui-help-moves = Moving
tui-help-everywhere = Everywhere
tui-help-signs = Signs
tui-sign-green = the target is reached
tui-sign-amber = the target is nearly reached
tui-sign-red = the target is missed
tui-sign-draft = by a definition that nobody has approved yet
tui-sign-about = at list price
tui-sign-mark = marked
tui-help-up = one line up
tui-help-down = one line down
tui-help-page-up = one screen up
tui-help-page-down = one screen down
tui-help-first = to the first line
tui-help-last = to the last line
tui-help-open = open the records behind the line, or the record
tui-help-next-view = next view
tui-help-previous-view = previous view
tui-help-next-cut = next cut: stages, owners, stalled and pushed deals, regions, quarters, ages
tui-help-previous-cut = previous cut
tui-help-filter = filter by name, company, owner, e-mail or id; Chinese by pinyin too
tui-help-sort = sort by the next column, then in the table's own order again
tui-help-reverse = sort the other way round
tui-help-columns = choose the columns
tui-help-toggle-column = show or hide the column
tui-help-reset-columns = show all columns of the table again
tui-help-mark = mark the line, or take the mark away
tui-help-copy = copy the marked lines, or the selected one
tui-help-accept = keep the filter and go back to the table
tui-help-leave = clear the filter and leave the field
tui-help-run = run the command
tui-help-close = close the palette
tui-help-palette = find a command by its name, in either language
tui-help-messages = show the messages so far
tui-help-theme = next theme: default, light, dark, colour-blind, mono
tui-help-demo = look around in the sample company; your own store is not touched
tui-help-import = bring in files: the CSV and Excel exports of your CRM, a list of targets
tui-help-import-choose = go into the folder, or look at the file and all it holds
tui-help-import-complete = complete the path that is typed
tui-help-import-leave = leave the list, or the import; what was chosen stays
tui-help-import-pick = take the selected line
tui-help-import-go = count what would happen, then import
tui-help-import-suggested = take every name and value for what it was probably meant to be, and count again
tui-help-import-field = what the selected column becomes: a field, kept as it is, not read
tui-help-import-object = what the rows are: leads, opportunities, stage history …
tui-help-import-mapping = read by one of your mappings, or as the export of a system
tui-help-import-dates = how dates such as 03/04/2026 are written
tui-help-import-time = when the file was exported
tui-help-import-save = save the mapping under a name; a file with this header finds it again
tui-help-import-next = to the next file or sheet
tui-help-import-previous = to the file or sheet before
tui-help-import-leave-out = leave this file out, or take it in again
tui-help-import-close = close the summary
tui-help-view-pipeline = go to Pipeline
tui-theme-default = theme: the terminal's own colours
tui-theme-light = theme: light
tui-theme-dark = theme: dark
tui-theme-colour-blind = theme: for the colour-blind, blue and orange
tui-theme-mono = theme: no colours
tui-theme-now = Now { $theme }
tui-messages-title = Messages, newest first
tui-messages-none = No messages yet.
tui-opening-demo = Opening the sample company …
tui-no-demo = the sample company cannot be opened: { $cause }

tui-welcome-title = revops: revenue operations in the terminal
tui-welcome-flow = The flow shows where leads leak on their way to cash. It needs leads with created_at and mql_at or sql_at, and deals.
tui-welcome-pipeline = The pipeline shows what is open, what stalls and whether it covers the target. It needs deals with stage, amount and close_date.
tui-welcome-queue = The queues show what waits for whom, and until when. They need leads with score or mql_at, and won deals.
tui-welcome-people = All people, found by a word. They come with leads or contacts: full_name, email, phone, company, owner.
tui-welcome-accounts = All accounts, found by a word. They come with accounts: name, domain, segment, owner; and by name with deals.
tui-welcome-deals = All deals, found by a word. They come with opportunities: name, account, stage, amount, owner.
tui-welcome-next = The store is empty. What you can do now:


tui-help-caret-left = caret one character to the left
tui-help-caret-right = caret one character to the right
tui-help-caret-start = caret to the beginning
tui-help-caret-end = caret to the end
tui-help-delete-before = delete the character before
tui-help-delete-under = delete the character after
tui-help-delete-word = delete the word before
tui-help-delete-to-start = delete everything before
tui-help-back = back; never quits
tui-help-undo = undo your last action
tui-help-redo = do again what you undid last
tui-help-language = switch between English and 中文
tui-help-help = show or hide the keys
tui-help-quit = quit, from the first screen
tui-help-stop = quit at once, from anywhere

tui-empty-title = No deals yet.
tui-empty-shows = This pane shows deals by stage, owner and region, what was won, how long it takes, and what is getting old.
tui-empty-how = To fill it, press i, or quit and run one of these:
tui-empty-import = revops import FILE…
tui-empty-import-what = CSV or Excel exports of your CRM: deals, accounts, products, team
tui-empty-demo = revops demo
tui-empty-demo-what = the sample company, in a store of its own

tui-says-older =
    { $n ->
        [one] 1 open deal is older than any deal that ever closed ({ $days } days): { $part } of { $whole } in the pipeline
       *[other] { NUMBER($n) } open deals are older than any deal that ever closed ({ $days } days): { $part } of { $whole } in the pipeline
    }
tui-says-slow = { $share } of the open amount ({ NUMBER($n) } deals) is older than { $days } days, by when three of four deals had closed
tui-says-unpriced = { NUMBER($n) } of { NUMBER($of) } open deals have no price and are missing from every amount
tui-says-calm =
    { $n ->
        [one] 1 open deal worth { $amount }
       *[other] { NUMBER($n) } open deals worth { $amount }
    }; { NUMBER($won) } won so far, worth { $won_amount }

tui-fact-open = open
tui-fact-list-price = at list price
tui-fact-unpriced = without a price
tui-fact-won = won
tui-fact-win-rate = win rate
tui-fact-days = days to close, median
tui-fact-middle-half = middle half
tui-fact-range = { $from }–{ $to } d
tui-fact-days-at-most = { $days } d
tui-fact-nine-of-ten = 9 of 10 within

tui-view-pipeline = Pipeline
tui-cut-stages = Stages
tui-cut-owners = Owners
tui-cut-regions = Regions
tui-cut-quarters = Quarters
tui-cut-ageing = Ageing

tui-column-stage = stage
tui-column-owner = owner
tui-column-region = region
tui-column-quarter = closed in
tui-column-age = days open
tui-column-deal = deal
tui-column-person = person
tui-column-name = name
tui-column-company = company
tui-column-status = status
tui-column-state = stage or status
tui-column-account = account
tui-column-deals = deals
tui-column-deals-bar = deals, as bars
tui-column-amount = amount
tui-column-open = open
tui-column-open-amount = open amount
tui-column-won = won
tui-column-won-amount = won amount
tui-column-won-amount-bar = won amount, as bars
tui-column-win-rate = win rate
tui-column-median-days = median days
tui-column-median-age = median age, d
tui-column-older = older than any closed
tui-column-created = created
tui-column-entered = entered
tui-column-reached = reached
tui-column-source = source
tui-reached-after = { $day } after { $days } d
list-entered = Entered { $stage }
list-amount = Amount that entered { $stage }
list-conversion = Conversion to { $stage }
list-reach = Conversion from the first stage to { $stage }
list-ratio = { $stage } to the previous stage
list-ratio-first = { $stage } to the first stage
list-young = Too young for { $stage }
list-days-median = Median days in { $stage }
list-days-p90 = p90 days in { $stage }
list-change = Change of { $stage }
list-amount-change = Change of the amount of { $stage }
list-conversion-change = Change of the conversion to { $stage }
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

tui-accounts =
    { $n ->
        [one] 1 account
       *[other] { NUMBER($n) } accounts
    }
tui-people =
    { $n ->
        [one] 1 person
       *[other] { NUMBER($n) } people
    }

tui-record-gone = This record is no longer in the store; Esc goes back.
tui-section-links = How each system calls it
tui-section-timeline = Timeline
tui-decided-here = here
tui-related-more = and { $n } more…
tui-section-attributes = Other columns of the source
tui-object-stage = Stage
tui-object-member = Team member
tui-object-product = Product
tui-object-account = Account
tui-object-person = Person
tui-object-opportunity = Deal
tui-object-touch = Touch
tui-object-handoff_event = Hand-off
tui-object-arr_movement = ARR movement
tui-object-survey = Survey answer
tui-object-health = Health score
tui-object-usage = Product usage
tui-object-target = Target
tui-related-opportunity = Deals
tui-related-person = People
tui-related-account = Subsidiaries

field-id = id
field-account = account
field-actor = by
field-amount = amount
field-annual_cost = annual cost
field-annual_revenue = annual revenue
field-at = at
field-budget = budget
field-campaign = campaign
field-capabilities = capabilities
field-category = category
field-channel = channel
field-city = city
field-close_date = close date
field-closed_at = closed
field-company = company
field-contract_signed_at = contract signed
field-first_value_at = first value reached
field-handoff = hand-off
field-previous = had it before
field-reason = reason
field-next_at = next step
field-claimed = claimed
field-country = country
field-created_at = created
field-currency = currency
field-date = from day
field-decision_maker = decision maker
field-direction = direction
field-disqualified_at = disqualified
field-disqualified_reason = reason
field-domain = domain
field-email = e-mail
field-employees = employees
field-fields = fields
field-first_day = first day
field-first_name = first name
field-first_paid_at = first paid
field-first_touch_at = first touch
field-forecast_category = forecast category
field-from_stage = from stage
field-from_tool = from
field-full_name = name
field-high_intent = high intent
field-hired_at = hired
field-human = human
field-implementation_cost = implementation cost
field-industry = industry
field-kind = kind
field-last_day = last day
field-last_name = last name
field-layer = layer
field-lead = lead
field-left_at = left
field-list_price = list price
field-loss_reason = loss reason
field-maintenance_cost = maintenance cost
field-manager = manager
field-member = team member
field-metric = metric
field-mql_at = MQL since
field-name = name
field-named_only = known by name only
field-need = need
field-opportunity = deal
field-opt_out = opted out
field-outcome = outcome
field-owner = owner
field-parent = parent account
field-period = period
field-person = person
field-phone = phone
field-position = position
field-postcode = postcode
field-probability = probability
field-product = product
field-rate = rate
field-region = region
field-renewal_date = renewal
field-role = role
field-sal_at = SAL since
field-score = score
field-seats = seats
field-seats_used = seats in use
field-segment = segment
field-source = source
field-sql_at = SQL since
field-stage = stage
field-status = status
field-street = street
field-team = team
field-time_zone = time zone
field-title = title
field-to_stage = to stage
field-from_amount = amount before
field-from_close_date = close date before
field-origin = known from
field-to_tool = to
field-trigger = trigger
field-value = value
field-wechat = WeChat
field-weekly_capacity = weekly capacity

### Command line

cli = Revenue operations in the terminal: where the funnel leaks, what is late, what is wrong in the data
cli-help = Show this help
cli-version = Show the version
cli-heading-usage = Usage
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-value-options = OPTIONS
cli-default = {"default: "}
cli-value-command = COMMAND
cli-global-store = Store to work with: a file, or postgres://… for a team (default: your own store)
cli-global-lang = Language
cli-global-now = Pretend it is this moment or day, so that ages can be compared
cli-global-color = Colours
cli-global-ascii = Draw with plain ASCII characters
cli-global-read-only = Open the store for reading only
cli-global-no-mouse = Leave the mouse to the terminal
cli-global-theme = Theme: default, light, dark, colour-blind or mono
cli-global-config = Settings file (default: config.toml in your own folder for settings)
cli-demo = Open the sample company in a store of its own; yours is not touched
cli-demo-no-ui = Fill the new store that --store names, and stop
cli-import = Import CSV files and workbooks
cli-import-files = Files, or folders with files
cli-import-as-object = What the rows are: team, products, accounts, leads, contacts, opportunities, stages, stage-history, targets, touches, handoffs, arr, spend, costs, leave, rates, surveys, health, usage, tools or integrations
cli-import-sheet = The one sheet of a workbook to import
cli-import-map = Your own mapping of columns to fields
cli-import-profile = A mapping by name: one of your own (revops profiles) or a shipped one
cli-import-save-profile = Keep the mapping that is used under this name; a file with the same header finds it again
cli-import-system = Name of the system the files come from
cli-import-exported-at = When the files were exported
cli-import-currency = Currency of amounts that name none, for example CNY; else that of the store
cli-import-dates = How dates such as 03/04/2026 are written
cli-import-values = Read FROM as TO in this field; on names, remember it
cli-import-allow-missing = Import even though a saved mapping misses its column of ids or stages
cli-import-dry-run = Show how the files are understood and what would happen; change nothing
cli-import-yes = Import without asking
cli-import-skip-refused = Import the other files when some cannot be read or recognised
cli-import-on-conflict = What to do with records that are already there; replace lets blanks clear values
cli-import-format = How to print the result
cli-watch = Import whatever lands in a folder
cli-watch-folder = The folder
cli-watch-once = Import what is there and end
cli-watch-as-object = What the rows are, when the files do not show it
cli-watch-map = Your own mapping of columns to fields
cli-watch-profile = A mapping by name: one of your own (revops profiles) or a shipped one
cli-watch-system = Name of the system the files come from
cli-watch-currency = Currency of amounts that name none, for example CNY; else that of the store
cli-watch-dates = How dates such as 03/04/2026 are written
cli-watch-values = Read FROM as TO in this field; on names, remember it
cli-watch-allow-missing = Import even though a saved mapping misses its column of ids or stages
cli-watch-on-conflict = What to do with records that are already there
cli-watch-format = How to print the results
cli-profiles = Your own mappings of columns: list, show, remove
cli-profiles-format = How to print the list
cli-profiles-show = Print one, or a shipped one
cli-profiles-show-name = Its name
cli-profiles-remove = Remove one
cli-profiles-remove-name = Its name
cli-show = Print a pane
cli-show-pane = Which one
cli-show-part = Of records: which table. Of hand-offs: what to look back at
cli-show-filter = Of records: words that stand anywhere in them, and tests such as stage:Proposal owner:Li amount>50k created>=2026-10 open
cli-show-limit = Of records: not more than these
filter-needs-number = “{ $test }” cannot be read: after the sign a number belongs, such as amount>50k
filter-needs-day = “{ $test }” cannot be read: after the sign a date belongs, such as created>=2026-10 or close<2026-10-31
filter-needs-sign = “{ $test }” cannot be read: the sign is one of : = > < >= <=
filter-needs-word = “{ $test }” cannot be read: this is looked for with a colon, such as stage:Proposal
usage-which-records = show records what? people, accounts or deals
records-shown = (the first { $n })
cli-show-funnel = Which funnel: lead-to-cash, product-led or one of your own (default: the first)
cli-show-period = Which period (default: the running quarter; in old data the quarter of the newest record)
cli-show-compare = Compare with the period before, or with the same one a year ago
cli-show-basis = Follow the entrants of the period, or count its events
cli-show-skips = What a skipped stage means: passed, not in order, or nothing
cli-show-measure = Count records, or what their deals are worth
cli-show-segments = Only source=, tenure=, region=, owner=, segment= or product=; may be given several times
cli-show-fiscal-year-starts = Month in which the fiscal year begins
cli-show-format = How to print it
cli-set = Set fields of a record by hand
cli-set-object = What the record is: accounts, leads, contacts, opportunities …
cli-set-id = What a system calls it, or its number in the store: #123
cli-set-fields = Field and value, read as in a file; an empty value clears
cli-set-dates = How dates such as 03/04/2026 are written
cli-ssot = Show which system decides about what, or choose another
cli-ssot-format = How to print it
cli-ssot-set = Let a system decide about an object or one of its fields; values follow at once
cli-ssot-set-of = accounts, people, opportunities, products, team …; for an exception with a field: accounts.domain
cli-ssot-set-system = The system: salesforce, hubspot, csv …
cli-ssot-set-reason = Why; an exception needs one
cli-ssot-set-dry-run = Tell what would change; change nothing
cli-ssot-set-format = How to print the result
cli-ssot-clear = Take a choice back: what was said last counts
cli-ssot-clear-of = accounts, accounts.domain …
cli-ssot-clear-dry-run = Tell what would change; change nothing
cli-ssot-clear-format = How to print the result
cli-ssot-conflicts = List the values on which systems contradict each other
cli-ssot-conflicts-format = How to print it
cli-worksheet = Show what was decided here and the systems do not say yet; write it for their import
cli-worksheet-system = Only for this system
cli-worksheet-output = Folder for the CSV files, one for each system and object
cli-worksheet-format = How to print it
cli-log = List what was done, newest first
cli-log-limit = How many entries
cli-log-format = How to print it
cli-undo = Undo an action, by default your newest
cli-undo-action = Number of the action, from revops log
cli-redo = Do again what you undid last
cli-store = Look at the store itself
cli-store-info = Show what the store holds
cli-store-info-format = How to print it
cli-store-currency = Set the currency of amounts that name none
cli-store-currency-code = Its code, for example CNY
cli-store-verify = Check that the store is sound
cli-store-verify-format = How to print it
cli-store-backup = Write the whole store into one file
cli-store-backup-file = The file; without it one in the folder backups beside the store
cli-store-backup-format = How to print what was done
cli-store-restore = Put the store of a backup in the place of this one
cli-store-restore-file = The backup
cli-store-restore-yes = Do it without asking
cli-store-restore-format = How to print what was done
cli-store-copy = Copy a whole store into an empty one, also from a file to a server and back
cli-store-copy-from = The store to copy: a path or postgres:// address
cli-store-copy-to = The store to fill: a path or postgres:// address
cli-store-copy-format = How to print what was done
cli-store-compact = Forget what old actions changed; they can no longer be undone
cli-store-compact-before = Actions before this day or time
cli-store-compact-yes = Do it without asking
cli-store-compact-format = How to print what was done
cli-doctor = Look for what keeps revops from working well
cli-doctor-format = How to print it
cli-completions = Print the completions of a shell
cli-completions-shell = The shell
cli-man = Print the manual page
cli-man-output = Write a page for every command into this folder instead
cli-sample = Write a generated company as plain CSV files
cli-sample-leads = How many leads
cli-sample-seed = Another number, another company
cli-sample-output = Folder for the files
cli-screenshot = Draw a pane as an SVG picture
cli-screenshot-pane = Which one
cli-screenshot-output = The picture
cli-screenshot-size = Columns and rows
cli-screenshot-demo = Draw the sample company
help-exit-codes = Exit codes: 0 done, 1 findings, 2 wrong usage, 3 bad input (also an import of which no row could be used, and watch --once when a file was refused), 4 store problem

usage-unknown = { $word } is not an option here; --help lists them
usage-command = there is no command { $word }; --help lists them
usage-missing = { $word } is missing; --help shows how
usage-value = { $argument } does not take “{ $word }”; it takes { $expected }
usage-number = a whole number
usage-value-field = there is no field { $field } for --value
usage-other = the command cannot be understood ({ $word }); --help shows how
usage-import-needs-yes = nobody is there to ask; add --yes to import or --dry-run to look first
usage-needs-yes = nobody is there to ask; add --yes to do it
usage-demo-needs-store = say with --store which new store to fill
usage-empty-store = --store (or REVOPS_STORE) is empty; name a file or postgres://…, or leave it out for your own store

### Errors

error-store-open = the store { $place } cannot be opened: { $cause }
error-store-missing = there is no store at { $place }; import a file to make one
error-store-foreign = { $place } is not a revops store; name another file with --store
error-store-newer = this store was made by a newer revops (schema { $found }, this one knows { $known }); update the program
error-store-older = this store comes from an older revops (schema { $found }, needed { $known }); open it once for writing to bring it up to date
error-store-migration = step { $version } of this store's schema is not the one this program ships; use the program that made it
error-store-busy = another window has been writing for minutes; wait until it has finished and try again
error-store-read-only = the store may not be written: it was opened with --read-only, or its file or folder is protected; check their permissions
error-store-disk-full = the disk is full; nothing was changed
error-store-damaged = the store is damaged ({ $cause }); put a backup in its place, or import your files into a new one
error-store-duplicate = the store already has such a row ({ $cause }); nothing was changed
error-store-reference = other records still use this one ({ $cause }); nothing was changed
error-store-exists = { $place } is there already; name another file
error-store-bad-backup = the backup { $place } is damaged ({ $cause }); the store is as it was. Try another one
error-store-no-backup = { $place } is not a revops store; the store is as it was. Choose a backup, they are in the folder backups beside it
error-store-not-empty = { $place } already holds data; copy into a new store
error-store-needs-file = { $place } is on a server and is restored there; to bring a backup to it, copy it into an empty database: revops store copy BACKUP { $place }
error-backup-needs-place = { $place } is on a server: say where the backup should go, as in revops store backup FILE
error-store-changed = someone has changed this record meanwhile; look at it again first
error-store-lost = the connection to the store is lost: { $cause }
error-store-sql = the store reports: { $cause }
error-file = { $path }: { $cause }
cause-not-found = there is no such file or folder; check the path
cause-denied = not allowed; check the rights of the file and of its folder
cause-exists = it exists already; choose another name
cause-no-folder = a part of the path is no folder; check the path
cause-is-folder = it is a folder; name a file
cause-full = the disk is full; make room and try again
cause-read-only = the disk can only be read; choose another place
cause-bad-name = the name is not allowed there; choose another
cause-refused = the server does not answer; check its address and whether it runs
cause-timed-out = no answer in time; check the connection and try again
cause-no-database = it is not there, is no database, or you may not read and write it; check path and rights
error-not-a-file = { $path } is neither a file nor a folder; name one
error-empty-folder = { $path } holds no CSV or Excel file; check the path
error-no-profile = there is no profile { $name }; there are: { $names }
error-no-own-profile = there is no profile { $name } of your own; revops import FILE --save-profile NAME makes one
error-profile-name = “{ $name }” cannot be the name of a profile; take letters, digits, spaces or hyphens
error-profile-name-shipped = { $name } is the name of a shipped profile; take another
error-other-profile = there is another mapping called “{ $name }”; take another name, or remove that one first: revops profiles remove "{ $name }"
error-shipped-profile = { $name } ships with the program and cannot be removed; revops profiles lists your own
error-lost-column = { $file }: column “{ $column }” of the mapping “{ $profile }” is gone, so { $field } would not be read. Export it again with this column, or save the mapping anew (--map with --save-profile); --allow-missing imports it as it is
error-lost-column-meant = { $file }: column “{ $column }” of the mapping “{ $profile }” is gone, so { $field } would not be read. Probably it is “{ $meant }” now: put that into the mapping (revops profiles show "{ $profile }"); --allow-missing imports the file as it is
error-many-mappings = a profile is for one kind of file, and these have no one mapping to save: { $files }; save them one by one
error-no-settings = there is no folder for settings, because this user has no home; name a settings file with --config
error-stopped = stopped; the store is as it was
error-no-field = { $object } has no field { $field }
error-required = every { $object } must have { $field }; it cannot be cleared, give it another value
error-unknown-object = { $word } is none of { $hint }
error-unknown-record = no such record: { $word }; say its id or its name
error-unknown-field = there is no field { $word } here; there are { $hint }
error-unknown-field-meant = there is no field { $word } here; did you mean { $hint }?
error-unknown-system = no file has come from { $word }; known systems: { $hint }
error-unknown-system-meant = no file has come from { $word }; did you mean { $hint }?
error-unknown-name = nothing is called { $word }; import the file it is in first
error-unknown-name-known = nothing is called { $word }; there are: { $known }
error-unknown-name-meant = nothing is called { $word }; did you mean { $hint }?
error-ambiguous = { $word } stands for { NUMBER($records) } records; say the number of one, #123
error-value = { $field } = “{ $value }”: { $reason }
error-needs-reason = Say why: returning, pausing and sending back need a reason.
error-taken = { $by } has this one already. Take the next, or assign it anew.
error-cool-down = { $lead } went back to the pool from { $by }, who can claim it again from { $until } on. Somebody else can claim it now, or assign it to them.
error-claim-limit = { $by } has claimed { $n } today; { $most } a day are the limit. A lead can still assign more.
error-too-early = { $at } is before the hand-off began ({ $began }). Check the time.
error-too-late = { $at } is yet to come. Only what has happened can be noted.
error-currency-in-use = the store holds amounts in its own currency already; set it in a new store, or import with --currency
error-no-reason = a field with a master of its own is an exception: say why with --reason
error-shipped = a file that ships with revops is damaged: { $cause }
error-demo-store-not-empty = { $place } already holds data; name a new file
error-config-syntax = { $file }, line { $line }: { $detail }
error-config-key = { $file }, line { $line }: there is no option { $key }; there are { $choices }
error-config-key-meant = { $file }, line { $line }: there is no option { $key }; did you mean { $meant }?
error-config-value = { $file }, line { $line }: { $key } takes { $choices }
error-config-value-of = { $file }, line { $line }: { $key } does not take “{ $value }”; it takes { $choices }
error-config-command = { $file }, line { $line }: there is no command { $command }; docs/keys.md lists them
error-config-command-meant = { $file }, line { $line }: there is no command { $command }; did you mean { $meant }?
error-config-key-name = { $file }, line { $line }: “{ $key }” is not the name of a key; names are a character, Space, Enter, PgUp, F1, Ctrl-R and the like
error-config-two = { $file }, line { $line }: the key { $key } of { $command } already belongs to { $other }; give { $other } another one
error-config-file = { $file }, line { $line }: { $path } cannot be read: { $cause }
error-config-missing = { $file }, line { $line }: { $key } is missing here
error-funnel-twice = { $file }, line { $line }: “{ $word }” stands in line { $first } already
error-funnel-stages = { $file }, line { $line }: the funnel { $funnel } needs at least two stages
error-funnel-unreachable = { $file }, line { $line }: the stage { $stage } has neither events nor names, so nothing can enter it

refused-nothing-to-undo = you have nothing to undo
refused-nothing-to-redo = you have nothing to redo
refused-unknown = there is no action { $action }; revops log lists them
refused-already-undone = action { $action } is already undone
refused-not-reversible = action { $action } cannot be undone by its number: undo and redo take each other back (revops undo, revops redo), and compacting cannot be undone
refused-compacted = action { $action } can no longer be undone: the store was compacted, and what it changed is forgotten
refused-overtaken = it cannot be done again: the same records have come in again since, or rows it needs are gone
refused-changed-since = action { $action } cannot be reversed: { $rows ->
        [one] 1 row was
       *[other] { $rows } rows were
    } changed or used since by { $actor } (action { $by }, { $kind ->
        [import] an import
       *[other] an edit
    }); undo that first

### Journal

action-import = import of { $files }: { NUMBER($new) } new, { NUMBER($changed) } changed, { NUMBER($rejected) } rejected
action-edit = edit of { $field } ({ $object })
action-precedence =
    { $system } became the master of { $object }: { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    } decided anew
action-precedence-none =
    { $object } has no master any more: { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    } decided anew
action-undo = undo of action { $target }
action-redo = redo of action { $target }
action-compact = values before action { $up_to } forgotten
log-empty = Nothing has been done in this store yet.
log-undone = { $what } (undone)
undone = Undone: action { $action }, { $what }
redone = Done again: action { $action }, { $what }

### Store

store-place = store
store-name = company
store-currency = currency
store-schema = schema
store-actions = actions
object-stage = stages
object-member = team members
object-product = products
object-account = accounts
object-person = people
object-opportunity = opportunities
object-stage_change = stage changes
object-lifecycle_change = stage changes of people
object-target = targets
object-link = links to other systems
object-source_value = values kept per system
object-precedence = masters of objects and fields
object-decision = values decided here
object-handoff_event = what was done with hand-offs
object-definition = calendars and hand-off rules of your own
object-waiting_move = stage changes that wait for their deal or person
object-import_file = imported files
object-problem = rejected rows and remarks
object-touch = touches
object-arr_movement = ARR movements
object-spend = campaign spend
object-cost = team costs
object-leave = leave
object-exchange_rate = exchange rates
object-survey = survey answers
object-health = health scores
object-usage = product usage
object-tool = tools
object-integration = integrations
verify-sound = The store is sound.
store-currency-set = Amounts that name no currency are in { $currency }.
store-saved = Backup written: { $path } ({ $size })
store-restore-question = { $place } will be replaced by { $file }. A backup of it is kept, but there is no undo. Go on? [y/N]
store-restored = Restored: { $place }
store-restored-kept = Restored: { $place }. What it was before is in { $path }
store-restored-aside = Restored: { $place }. The damaged file is kept as { $path }
store-left = Nothing was changed.
store-copied = { $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    } copied from { $from } to { $to }
store-compact-question = What actions before { $before } changed will be forgotten; they cannot be undone any more. The records stay. Go on? [y/N]
store-compacted = Forgotten: { $images ->
        [one] 1 former value
       *[other] { NUMBER($images) } former values
    } of the actions up to { $action }, which cannot be undone any more
store-compacted-nothing = There is nothing older to forget.

### Doctor

doctor-ok = ok
doctor-note = note
doctor-wrong = wrong
doctor-subject-program = program
doctor-subject-terminal = terminal
doctor-subject-settings = settings
doctor-subject-actor = you
doctor-subject-memory = memory
doctor-subject-log = log
doctor-subject-store = store
doctor-subject-clock = clock
doctor-subject-backups = backups
doctor-terminal = { $term }, { $charset }
doctor-terminal-none = the output goes to no terminal; the interface would not start here
doctor-terminal-dumb = TERM says of no terminal that can draw; start revops in a terminal window
doctor-terminal-charset = the locale ({ $charset }) is not UTF-8: lines and Chinese may look wrong. Set LANG to a UTF-8 locale, or use --ascii
doctor-settings = { $path } is in order
doctor-settings-none = none; a copy of config.sample.toml would go to { $path }
doctor-actor = the journal calls you { $actor }
doctor-actor-unknown = the system does not say who you are, so the journal calls you unknown; set REVOPS_ACTOR
doctor-memory = { $path } remembers language, columns and views
doctor-memory-nowhere = there is no home folder, so language, columns and views are not remembered
doctor-memory-broken = { $path } cannot be used ({ $cause }), so language, columns and views are not remembered; delete it
doctor-log = what the program does is noted in { $path }, without any of your data
doctor-log-off = no log is kept
doctor-log-broken = { $path } cannot be written ({ $cause }), so no log is kept
doctor-store = { $place } is sound: schema { $schema }, { $actions ->
        [one] 1 action
       *[other] { NUMBER($actions) } actions
    }
doctor-store-none = none yet at { $place }; the first import makes it
doctor-private = others on this machine may read { $path } (mode { $mode }); chmod 600 makes it yours alone
doctor-clock = the newest action is of { $at }, which is still to come: is the clock of this machine right?
doctor-backups = { $count ->
        [one] 1 backup
       *[other] { NUMBER($count) } backups
    }, the newest { $path }
doctor-backups-old = the newest is { NUMBER($days) } days old ({ $path }); revops store backup makes another
doctor-backups-none = none yet; revops store backup makes one
verify-engine = the database reports: { $what }
verify-no-action = { $object }: { $rows } rows whose action is not in the journal
verify-id-beyond-counter = { $object }: { $rows } rows with an id that was never given
verify-broken-reference = { $object }: { $rows } references to rows that are not there
verify-stray-link = { $object }: { $rows } links to records that are not there
verify-stray-decision = { $object }: { $rows } decisions about records that are not there
verify-action-beyond-counter = the journal has { $rows } actions with a number that was never given
verify-half-undone = { $rows } actions are marked as undone but were not
verify-runs-overlap = { $rows } actions claim ids of another one

### Import

as-team = team
as-products = products
as-accounts = accounts
as-leads = leads
as-contacts = contacts
as-opportunities = opportunities
as-stages = stages
as-stage-history = stage history
as-targets = targets
as-touches = touches
as-handoffs = hand-off events
as-arr = ARR movements
as-spend = campaign spend
as-costs = team costs
as-leave = leave
as-rates = exchange rates
as-surveys = survey answers
as-health = health scores
as-usage = product usage
as-tools = tools
as-integrations = integrations
as-unknown = not known what
import-col-file = file
import-col-object = holds
import-col-rows = rows
import-col-new = new
import-col-changed = changed
import-col-unchanged = unchanged
import-col-rejected = rejected
import-question = Import? [y/N]
import-question-others =
    { $count ->
        [one] One file cannot be imported, see above. Import the others? [y/N]
       *[other] { $count } files cannot be imported, see above. Import the others? [y/N]
    }
import-question-lost = { $file }: without the column “{ $column }”, { $field } is not read. Import all the same? [y/N]
import-refused-some =
    { $count ->
        [one] one file cannot be imported, see above, and nothing was; --skip-refused imports the others
       *[other] { $count } files cannot be imported, see above, and nothing was; --skip-refused imports the others
    }
import-refused-all = none of these files can be imported, see above
import-refused-unknown = { $file }: its columns ({ $headers }) are those of no known file; if it is to be imported, import it alone and say with --as what it holds
import-dates-question = { $file }: { $column } has dates such as { $example }. What comes first: year, month or day? [y/m/d]
import-skipped-sheet = { $file }: { $reason ->
        [empty] nothing in this sheet
       *[unknown] not imported, its columns are those of no known file; if it should be, name it with --sheet and say --as
    }
import-cancelled = Nothing was imported.
watch-begins = watching { $folder }; Ctrl-C ends it
import-progress = {"{bar:24} {human_pos} of {human_len} rows · {rate} · {eta} left · Ctrl-C stops"}
import-done = Imported as action { $batch }. Take it back with: { $program } undo
import-dry-run = Nothing was changed (--dry-run).
import-nothing-new = Nothing new: the store already holds all of this.
import-unmatched = { $object }: “{ $name }” ({ $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }) is not among the known ones
import-unmatched-meant = { $object }: “{ $name }” ({ $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }) is not among the known ones; meant “{ $meant }”? Then import again with --value "{ $key }:{ $name }={ $meant }"
import-unmatched-like = { $object }: “{ $name }” ({ $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }) is not among the known ones; meant “{ $meant }”?
import-named-only = { $object }: { NUMBER($count) } known by name only, until a file describes them
import-suspect = { $file }: { $field } “{ $value }” ({ $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }) looks like “{ $meant }”; imported as it stands
import-blank = { $file }: blank cells: { $fields }
import-voided =
    { $rows ->
        [one] { $file }: 1 cell could not be read; its record was kept without it
       *[other] { $file }: { NUMBER($rows) } cells could not be read; their records were kept without them
    }
import-shared = { $object }: several are called “{ $name }”; { $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    } went to the oldest, refer to it by id to be sure
import-crowded = “{ $name }” is the name of several records with ids now; the one that a file without ids knew by that name stays apart
import-alias-refused = --value "{ $alias }" was not learnt: nothing is called so, or the first name belongs to a record of its own
import-unmatched-more =
    { $count ->
        [one] and 1 more name that is not among the known ones; --format json lists them all
       *[other] and { NUMBER($count) } more names that are not among the known ones; --format json lists them all
    }
import-no-rows = The files have no rows below their header.
import-all-rejected = No row could be used; nothing was imported. Mend the file as told above and import it again.
import-new-stages = stages nobody has heard of, taken as open: { $names }. If one is won or lost, import again with --value "stage:NAME=Closed Won" or "stage:NAME=Closed Lost"
import-new-stages-like = stages nobody has heard of, taken as open: { $names }
import-corrected-stages = stages that were taken as open are won or lost: { $names }
import-assumed-currency = { $file }: amounts that name no currency were read as { $currency }, as { $system } has them; --currency USD reads them as dollars
import-name-to-come = { $file }: the day in its name, { $day }, is still to come; the export was taken to be of { $taken }, --exported-at says otherwise
import-lacks-ids = { $file } has no ids: records are known by their names, and one that is renamed comes twice; add the column { $column }
import-moved-references =
    { $count ->
        [one] 1 reference to a name now goes to the record meant by it
       *[other] { NUMBER($count) } references to a name now go to the record meant by it
    }
import-resolved-references =
    { $count ->
        [one] 1 reference of an earlier file has found its record
       *[other] { NUMBER($count) } references of earlier files have found their records
    }
import-matched-accounts =
    { $count ->
        [one] 1 lead was linked to the account of its company
       *[other] { NUMBER($count) } leads were linked to the account of their company
    }
import-deleted =
    { $rows ->
        [one] { $file }: the source marks 1 row as deleted; it was imported
       *[other] { $file }: the source marks { NUMBER($rows) } rows as deleted; they were imported
    }
import-unclear-accounts =
    { $count ->
        [one] 1 lead may belong to one of several accounts of that domain or name; it is linked to none
       *[other] { NUMBER($count) } leads may belong to one of several accounts of that domain or name; they are linked to none
    }
import-waiting =
    { $rows ->
        [one] { $file }: 1 move is of a deal or person that has not come yet; it counts when that comes
       *[other] { $file }: { NUMBER($rows) } moves are of deals or people that have not come yet; they count when these come
    }
import-problem-cell = { $file }, line { $line }: { $field } “{ $value }” { $reason }
import-note = { $file }: { $field } “{ $value }” { $reason } ({ $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    })
import-notes-more =
    { $count ->
        [one] and 1 more remark of this kind
       *[other] and { NUMBER($count) } more remarks of this kind
    }
import-problem-value = { $file }, line { $line }: “{ $value }” { $reason }
import-problem-row = { $file }, line { $line }: { $reason }
import-problems-more = { $file }: { $count ->
        [one] 1 more problem
       *[other] { NUMBER($count) } more problems
    } like these
import-rejects-failed = { $file }: the rejected rows could not be written to a file ({ $cause }); they are kept in the store
import-stage-moves =
    { $rows ->
        [one] { $file }: 1 stage change went into the history
       *[other] { $file }: { NUMBER($rows) } stage changes went into the history
    }
import-went-back =
    { $rows ->
        [one] { $file }: 1 deal went back to an earlier stage
       *[other] { $file }: { NUMBER($rows) } deals went back to an earlier stage
    }
import-conflicts =
    { $rows ->
        [one] { $file }: 1 value disagrees with the master system, whose value stays
       *[other] { $file }: { NUMBER($rows) } values disagree with the master system, whose values stay
    }
import-unheard =
    { $rows ->
        [one] { $file }: 1 value is not yet what was decided here, which stays
       *[other] { $file }: { NUMBER($rows) } values are not yet what was decided here, which stays
    }
import-stale =
    { $rows ->
        [one] { $file }: 1 row is older than what is known and overwrote nothing
       *[other] { $file }: { NUMBER($rows) } rows are older than what is known and overwrote nothing
    }
import-rejects =
    { $rows ->
        [one] { $file }: 1 row was rejected; fix it in { $path } and import that file
       *[other] { $file }: { NUMBER($rows) } rows were rejected; fix them in { $path } and import that file
    }
system-name = { $system ->
        [csv] plain file
        [salesforce] Salesforce
        [hubspot] HubSpot
        [fxiaoke] 纷享销客
        [neocrm] 销售易
       *[other] { $system }
    }
preview-file = { $path }: { $object } ({ $system }), { $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }, { $encoding }, separated by { $delimiter }, exported { $exported }
preview-sheet = { $path }: { $object } ({ $system }), { $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }, { $encoding }, exported { $exported }
preview-profile = read by your mapping “{ $profile }”
preview-profile-saved = read by your mapping “{ $profile }”, saved { $saved }
preview-profile-drift = read by your mapping “{ $profile }”; the columns have changed since:
preview-profile-saved-drift = read by your mapping “{ $profile }”, saved { $saved }; the columns have changed since:
drift-kept = was kept as it is
drift-now = { $field }; now read from { $now }
drift-meant = { $field } is not read any more; probably { $meant } now
drift-lost = { $field } is not read any more
drift-probably = probably the former { $column }
import-column-gone = { $file }: column “{ $column }” of the mapping “{ $profile }” is gone: { $words }
import-column-new-meant = { $file }: column “{ $column }” is new to the mapping “{ $profile }”: { $words }
import-column-new = { $file }: column “{ $column }” is new to the mapping “{ $profile }”
profile-saved = The mapping is saved as “{ $name }” ({ $path }).
profile-removed = The mapping “{ $name }” is removed ({ $path }).
profiles-none = You have no mappings of your own. Keep one with: revops import FILE --save-profile NAME
profiles-name = name
profiles-object = holds
profiles-system = system
profiles-columns = columns
profiles-saved = saved
wizard-place = File or folder:
wizard-all = all { NUMBER($files) } files of this folder
wizard-listing = Reading the folder …
wizard-no-path = Type a path, or choose a line of the list.
wizard-reading = Reading the files …
wizard-counting = Counting what would happen …
wizard-importing = Importing …
wizard-progress = { $done } of { $total } rows · { $rate } rows/s · { $left } s left
wizard-esc = Esc stops; the store stays as it was.
wizard-stopping = Stopping; the store stays as it was.
wizard-stopped = Stopped. The store is as it was.
wizard-no-suggestions = Nothing looks misspelled
wizard-suggested = { $count ->
        [one] 1 suggestion taken
       *[other] { $count } suggestions taken
    }; counted again
wizard-title = Import
wizard-title-of = Import, file { $at } of { $all }
wizard-title-closed = Import, file { $at } of { $all }: { $file }
wizard-left-out = This file is left out (Space takes it in again).
wizard-more = and { NUMBER($count) } more
wizard-odd = { NUMBER($cells) } × { $reason }
wizard-unknown-object = What the rows are cannot be told from the columns: o says it.
wizard-ambiguous-dates = Dates such as { $example } in { $column } can be read in more than one way: d says how.
wizard-year-last = Dates such as { $example } in { $column } do not begin with the year; they can be read as { $orders }: d says how.
wizard-no-key = No column tells one record from another: Enter on a column says which one identifies the row.
wizard-lost-key = Columns that the mapping “{ $profile }” needs are gone ({ $gone }): Enter on the column that identifies the row now.
wizard-say-object = Say first what the rows are: o
wizard-no-table = There is nothing to say of this file.
wizard-not-yet = { $file } cannot be imported as it is; say what is open, or leave it out with Space
wizard-nothing-left = No file is left to import.
wizard-no-time = “{ $text }” is no time; write 2026-11-25 or 2026-11-25 14:30
wizard-name = Save the mapping as:
wizard-time = Exported at:
wizard-becomes = { $column } becomes:
wizard-holds = The rows are:
wizard-mapping = Read by, or as:
wizard-own = your mapping “{ $profile }”
wizard-system = another system: { $system }
wizard-dates = Dates are written:
wizard-dates-ymd = year, month, day
wizard-dates-mdy = month, day, year
wizard-dates-dmy = day, month, year
wizard-by-name = { $field } (by name)
wizard-would = What would happen (nothing is written yet; i imports)
wizard-done = Imported as action { $batch }; u takes it back
tui-column-file = file
tui-column-size = size
tui-column-changed = changed
tui-column-column = column
tui-column-becomes = becomes
tui-column-samples = first values
tui-column-odd = odd cells
preview-key = identifies the row
preview-by-id = { $field } (by id)
preview-object = what the row is about
preview-decided = whether its stage is won or lost
preview-deleted = kept as it is; counted
preview-stage-date = stage history
preview-attribute = kept as it is
preview-ignored = not read
delimiter-tab = tabs
delimiter-comma = commas
delimiter-semicolon = semicolons
delimiter-bar = |
colon = {": "}
list-separator = {", "}
error-import-broken-text = { $file } is UTF-8, but line { $line } is not: it may have been cut off, or put together of two files; export it again
error-import-not-text = { $file } is not a text file but { $what ->
        [xls] an old Excel workbook; save it as .xlsx or CSV and import that
        [protected] a workbook with a password; save it without one, or as CSV, and import that
        [ods] an OpenDocument spreadsheet; save it as .xlsx or CSV and import that
        [zip] a ZIP archive; unpack it and import what is inside
        [pdf] a PDF; export the table as CSV
        [png] a picture; export the table as CSV
       *[binary] binary data; export the table as CSV
    }
error-import-empty = { $file } is empty; export it again
error-import-no-header = { $file } has no column names in its first line ({ $first }); add a header line
error-import-no-key = { $file }: no column tells one record of { $object } from another; it takes one of { $wanted }, or name one with key = […] in a mapping (--map)
error-import-lost-key = { $file }: columns that the mapping “{ $profile }” needs are gone ({ $gone }), so that no record can be told from another; save the mapping anew (--map with --save-profile)
error-import-lost-key-meant = { $file }: columns that the mapping “{ $profile }” needs are gone ({ $gone }), so that no record can be told from another; probably they are called { $meant } now: correct that in the mapping (revops profiles show)
error-import-unknown-object = { $file }: what its rows are cannot be told from its columns ({ $headers }); say it with --as: { $kinds }
error-import-ambiguous-dates = { $file }: dates such as { $example } in { $column } can be read in more than one way; say --dates mdy, dmy or ymd
error-import-year-last = { $file }: dates such as { $example } in { $column } do not begin with the year; they can be read as { $orders }, so say one of these with --dates
error-import-line-too-long = { $file }: line { $line } is longer than 16 MB, which no table has; look for a missing quotation mark
error-import-too-many-columns = { $file } has { $columns } columns; at most 2,000 can be read, so remove those that nobody needs
error-import-workbook = { $file } cannot be read as a workbook ({ $cause }); save it again as .xlsx or CSV and import that
error-import-too-large = { $file } is too large for a workbook (256 MB, unpacked 1 GB); save its sheets as CSV and import those
error-import-too-many-cells = { $file } has more than 50 million cells; save its sheets as CSV and import those
error-import-no-sheet = { $file } has no sheet { $sheet }; there are: { $sheets }
error-import-unknown-sheets = { $file }: no sheet has columns that are known ({ $sheets }); name one with --sheet and say with --as what it holds
error-import-profile-object = { $file }: the mapping { $profile } is for { $object }, not for { $asked }; choose another mapping, or mend --as
error-profile-field = { $file }, line { $line }: there is no field { $key }
error-profile-field-meant = { $file }, line { $line }: there is no field { $key }; did you mean { $meant }?
error-profile-key = { $file }, line { $line }: a mapping has no entry { $key }
error-profile-key-meant = { $file }, line { $line }: a mapping has no entry { $key }; did you mean { $meant }?
error-profile-type = { $file }, line { $line }: { $key } must be { $wanted ->
        [instant] a time such as 2026-11-20T10:00:00Z
       *[other] { $wanted }
    }
error-profile-object = { $file }, line { $line }: { $value } is none of { $choices }
error-profile-format = { $file }, line { $line }: { $format } is not a format of dates
error-profile-syntax = { $file }, line { $line }: { $detail }
problem-currency = is not a currency code
problem-date = is not a date
problem-date-implausible = is no plausible date here: it is before 1970 or more than ten years ahead
problem-flag = is neither yes nor no
problem-long = is longer than 10,000 characters
problem-long-key = is longer than 500 characters
problem-money = is not an amount
problem-blank = says nothing; leave it empty to clear the field
problem-probability = is no probability: it lies between 0 and 100 %
problem-number = is not a number
problem-no-key = has no id
problem-other-object = is about neither an opportunity nor a lead or contact
problem-no-name = has neither an id nor a name to be known by
problem-same-name = is called as line { $line } is and says something else; only an id tells them apart
problem-several-names = has no id, and several records go by its name
problem-same-key = has the id of line { $line } and says something else
problem-too-many-cells = has more cells than the header
problem-unclosed-quote = has a quote in line { $line } that is never closed
problem-unknown-reference = refers to a record that has not come yet; they are linked when it does
problem-stage-back = went back to an earlier stage
problem-missing = { $field } is missing
problem-no-move = stage or time of the move is missing
problem-no-target = metric or period of the target is missing
problem-no-target-value = has no target
problem-percent = is a percentage; a count, an amount or a number of days cannot be one
problem-percent-meant = is a percentage, but a count cannot be one; for a conversion write { $meant }
problem-period = { $period } is not a period: write 2026, 2026-Q4, 2026-10, 2026-W41 or 2026-10-01..2026-10-15
problem-unknown-metric = is a metric that no view shows; the target is kept
problem-unknown-owner = is no name, team, region, source, segment or product in the store; the target is kept
problem-unknown-outcome = says neither open, won nor lost; the deal stays as its stage says, and the word is kept
problem-code = is none of: { $words }
problem-rate = is not an exchange rate
problem-nps-range = is outside the scale of NPS, 0 to 10
problem-csat-range = is outside the scale of CSAT, 1 to 5
problem-own-handoff = is no hand-off that ships: it counts only where the company has defined it
problem-touched-before = lies before the lead was created, and answers no hand-off
problem-no-subject = names no lead, contact, deal or account

### Sample and pictures

demo-filled = The sample company is in { $place }. Look at it with: revops --store { $place }
sample-written = { $files } files written to { $folder }
screenshot-written = Picture written to { $path }

### Pipeline as text

pipeline-stages = Stages
pipeline-owners = Owners
pipeline-regions = Regions
pipeline-quarters = Won by quarter
pipeline-ageing = Open deals by age
pipeline-without-deals = In the team but without a deal: { $names }
pipeline-nobody = nobody
pipeline-no-region = no region
pipeline-age-band = { $from }–{ $to } days
pipeline-age-unknown = age unknown
pipeline-age-beyond = { $from } days and more
pipeline-col-as-of = as of
pipeline-col-total = deals
pipeline-col-open = open
pipeline-col-open-amount = open amount
pipeline-col-with-amount = open with an amount
pipeline-col-at-list-price = open at list price
pipeline-col-unpriced = open without a price
pipeline-col-won = won
pipeline-col-won-amount = won amount
pipeline-col-lost = lost
pipeline-col-win-rate = win rate
pipeline-col-days-to-close = days to close, median
pipeline-col-days-quartiles = middle half of the deals
pipeline-col-days-longest = longest
pipeline-col-older = open longer than any closed deal took
pipeline-col-stage = stage
pipeline-col-deals = deals
pipeline-col-amount = amount
pipeline-col-median-age = median age, days
pipeline-col-name = name
pipeline-col-median-days = median days
pipeline-col-quarter = quarter
pipeline-col-age = age

### The funnel

funnel-funnel = funnel
funnel-period = period
funnel-compare = compared with
funnel-basis = basis
funnel-segment = segment
funnel-as-of = as of
funnel-so-far = { $period } so far
funnel-so-far-until = { $period } so far, data to { $day }
funnel-partly = { $period } (records from { $day })
funnel-newest = { $period } (newest record { $day })
funnel-same-days = { $period }, the same days
funnel-no-comparison = nothing
funnel-basis-cohort = cohort
funnel-basis-snapshot = snapshot
funnel-skips-imputed = skips imputed
funnel-skips-strict = strict order
funnel-skips-any = any order
funnel-measure-count = count
funnel-measure-amount = amount
funnel-segment-all = all
funnel-segment-part = { $dimension } { $values }
funnel-tenure-new = new hire
funnel-tenure-tenured = tenured
funnel-value-unknown = (not known)
funnel-dimension-source = source
funnel-dimension-tenure = tenure
funnel-dimension-region = region
funnel-dimension-owner = owner
funnel-dimension-segment = segment
funnel-dimension-product = product
funnel-says-leak = The leak: { $from } → { $to } fell from { $before } to { $now } ({ $change })
funnel-says-no-leak = No leak: no conversion fell by more than luck can explain
funnel-says-fell = No leak; { $from } → { $to } fell from { $before } to { $now } ({ $change }), but { $to } may be skipped
funnel-says-amounts = Conversions by amount: no test tells whether a change is luck
funnel-says-too-few = Too few finished records to judge a change of any conversion
funnel-says-snapshot = Events of the period: ratios of different records, not conversions
funnel-says-empty = Nothing entered the funnel in { $period }
funnel-says-empty-since = Nothing entered the funnel in { $period }; the newest record is of { $day }
funnel-says-empty-before = Nothing entered the funnel in { $period }; the first record is of { $day }
funnel-says-empty-segment = Nothing of { $segment } entered the funnel in { $period }
funnel-note-late = Records have their { $dimension } late: early stages hold only those that came to have one, so their conversions look high
funnel-says-no-amounts = This funnel has no deals, and so no amounts; count records instead
funnel-says-nothing-before = Nothing to compare with: nothing entered the funnel in { $period }
funnel-says-nothing-yet = The store holds nothing for this funnel yet; revops import brings leads and deals in
funnel-not-recorded = Not in the data: { $names }
tui-draft = draft
tui-draft-all = draft figures
drafts-all = Draft figures: their definitions are not yet approved by RevOps.
drafts-some = Draft, not yet approved by RevOps: { $names }
funnel-col-stage = stage
funnel-col-count = entered
funnel-col-amount = amount
funnel-col-change = change
funnel-col-previous = of previous
funnel-col-n = n
funnel-col-interval = 95 % interval
funnel-col-rate-change = conv. change
funnel-col-first = of first
funnel-col-young = too young
funnel-col-median = median days
funnel-col-p90 = p90 days
funnel-ratio-previous = ratio to previous
funnel-ratio-rate-change = ratio change
funnel-ratio-first = ratio to first
funnel-verdict-leak = leak
funnel-verdict-fell = fell
funnel-verdict-better = better
funnel-verdict-luck = could be luck
funnel-verdict-few = too few
funnel-trend = Thirteen periods
funnel-trend-days =
    { $days ->
        [one] Thirteen periods, the first day of each
       *[other] Thirteen periods, the first { $days } days of each
    }

usage-period = --period { $word } is no period; write 2026, 2026-Q4, 2026-10, 2026-W41 or 2026-07-01..2026-08-17
usage-period-backwards = --period { $word } ends before it begins
usage-segment = --segment takes { $keys }, for example source=Event
usage-segment-value = Nothing has the { $dimension } { $value }; there are: { $known }; { $key }= stands for (not known)
usage-segment-all-known = Every record has a { $dimension }; there are: { $known }
usage-funnel = There is no funnel { $word }; there are: { $known }
usage-not-for-pane = { $option } has no meaning for show { $pane }

### The flow view

tui-view-flow = Flow
tui-pane-funnel = Funnel
tui-pane-records = Records
tui-view-people = People
tui-view-accounts = Accounts
tui-view-deals = Deals
tui-help-pane-funnel = go to the funnel
tui-help-pane-records = go to the records: all people, accounts and deals
tui-help-view-people = go to all people
tui-help-view-accounts = go to all accounts
tui-help-view-deals = go to all deals
tui-hint-find = find
tui-hint-edit-save = save
tui-hint-edit = edit
tui-hint-filters = saved filters
tui-hint-apply = apply
tui-hint-save-filter = save this filter
tui-hint-rename = rename
tui-hint-delete = delete
tui-help-filters = filters saved by name: apply, save, rename, delete
tui-help-apply-filter = filter by the selected one
tui-help-save-filter = save the filter of the table under a name
tui-help-rename-filter = give the selected filter another name
tui-help-delete-filter = delete the selected filter
tui-help-restore-filter = bring back the filter that was deleted or replaced last
docs-keys-filters = saved filters
filters-title = Saved filters
filters-none = None yet. Filter a table with /, then save the filter here with n.
filters-how = Words anywhere, and tests: stage:Proposal owner:Li amount>50k created>=2026-10 open
filters-name = Name:
filters-rename = New name:
filters-nothing = The table is not filtered; / filters it
filters-gone = Deleted the filter { $name }; u brings it back
tui-hint-mine = save mine
tui-hint-theirs = keep theirs
tui-help-edit = edit a field of the record
tui-help-edit-choose = edit the selected field
tui-help-edit-save = save the value
tui-help-edit-leave = leave the field; what you typed is kept as a draft
tui-help-edit-mine = save my value over theirs
tui-help-edit-theirs = keep their value and drop mine
docs-keys-fields = fields to edit
docs-keys-edit = a value to edit
docs-keys-conflict = a changed record
edit-which = Edit a field of { $name }
edit-now = now: { $value }
edit-nothing = (empty)
edit-how = Enter saves, Esc leaves; what you type is kept as a draft.
edit-how-choose = Type to find, Enter saves, Esc leaves.
edit-searching = Searching…
edit-draft = This is your draft from before, not saved yet; Ctrl-U empties the field.
edit-saving = Saving…
edit-required = This field must not be empty.
edit-choose = Choose one of the list; nothing in it matches what you typed.
edit-same = That is what the record says already.
edit-none = There is nothing to edit in this line.
edit-changed = Somebody changed this record while you were editing it. Nothing has been overwritten.
edit-changed-by = { $actor } changed this record at { $at }, while you were editing it. Nothing has been overwritten.
edit-was = you saw
edit-theirs = theirs, now
edit-mine = yours
edit-others = Also changed: { $fields }
edit-done = Saved { $field } of { $name }; u undoes it
tui-help-find = find people, accounts and deals by anything: name, pinyin, e-mail, phone, id, owner
tui-no-people = No people yet; i brings files of leads and contacts in.
tui-no-accounts = No accounts yet; i brings files in.
tui-no-deals = No deals yet; i brings files in.
tui-hint-explain = explain
tui-help-explain = explain the figures of the line
tui-help-view-flow = go to Flow
tui-hint-period = period
tui-hint-segment = segment
tui-hint-basis = basis
tui-hint-compare = compare
tui-hint-unit = week/month/quarter/year
tui-hint-measure = amount
tui-hint-stages = stages
tui-hint-funnel = funnel
tui-hint-skips = skips
tui-hint-intervals = interval
tui-hint-running = newest
tui-help-flow-unit = look at weeks, months, quarters or years
tui-help-flow-period = go to a period: type 2026, 2026-Q3, 2026-10, 2026-W41 or two dates
tui-period-title = Go to period
tui-period-how = 2026, 2026-Q3, 2026-10, 2026-W41, or two dates: 2026-07-01..2026-08-15
tui-period-unknown = That is no period. Write 2026, 2026-Q3, 2026-10, 2026-W41, or two dates: 2026-07-01..2026-08-15
tui-period-future = That period has not begun yet.
tui-help-flow-earlier = one period earlier
tui-help-flow-later = one period later
tui-help-flow-running = to the period of the newest data; again: to the running one
tui-help-flow-segment = choose a segment: source, new hires, region, owner …
tui-help-flow-basis = follow entrants (cohort) or count events (snapshot)
tui-help-flow-compare = compare with the period before or a year ago
tui-help-flow-skips = skipped stages: passed, strict order, any order
tui-help-flow-measure = count records or money
tui-help-flow-intervals = show and hide 95 % intervals
tui-help-flow-funnel = the next funnel
tui-help-flow-definitions = how the stages are defined: owner, entry, exit, fields, days
tui-help-toggle-segment = choose the value or take it out
tui-help-apply-segment = look at the chosen values, or at this one
tui-help-clear-segment = take every value out
tui-segments-title = Look at a part only
tui-segments-counts = records, all periods
tui-column-count = entered
tui-column-change = change
tui-column-target = target
tui-column-target-by-now = target by now
tui-ratio-of-previous = ratio to previous
tui-ratio-rate-change = ratio change
tui-ratio-of-first = ratio to first
tui-ratio-trend = ratio, { $periods }
tui-column-rate-target = conv. target
tui-column-days-target = target days
tui-column-of-previous = of previous
tui-column-n = n
tui-column-interval = 95 % interval
tui-column-rate-change = conv. change
tui-column-of-first = of first
tui-column-n-first = n of first
tui-column-p90-days = p90 days
tui-column-rate-trend = conversion, { $periods }
tui-column-count-trend = count, { $periods }
tui-column-amount-trend = amount, { $periods }
tui-trend-periods =
    { $unit ->
        [week] last { $n } weeks
        [month] last { $n } months
        [quarter] last { $n } quarters
        [year] last { $n } years
       *[other] last { $n } periods
    }
tui-flow-trend-days =
    { $days ->
        [one] Trends: the first day of every period
       *[other] Trends: the first { $days } days of every period
    }
tui-flow-no-targets = Targets are hidden: none is set for { $segment }
tui-flow-way-back = { $key } leads to the newest data
tui-flow-latest = This is the running period; nothing is later
tui-flow-no-intervals = Intervals are of conversions of records: not in a snapshot (b), not by amount (a)
sentence-separator = {". "}
tui-verdict-luck = luck?
funnel-against = against { $period }
funnel-only = only { $segment }
funnel-note-conversion-amount = { $part } of { $whole } from { $from } within { $days ->
        [one] a day
       *[other] { $days } days
    }; { $young } records are younger and not judged yet
funnel-note-conversion =
    { $days ->
        [one] { $part } of { $whole } { $from } within a day; { $young } are younger and not judged yet
       *[other] { $part } of { $whole } { $from } within { $days } days; { $young } are younger and not judged yet
    }
funnel-note-all-young =
    { $days ->
        [one] All { $young } are younger than a day: not judged yet
       *[other] All { $young } are younger than { $days } days: not judged yet
    }
funnel-note-interval = 95 % sure: { $low } to { $high }
funnel-note-luck = 95 % sure: { $low } to { $high }; the change lies between { $from } and { $to } points, so it could be luck
funnel-note-target = Target: { $target }. { $stands }
funnel-note-target-by-now = Target: { $target }, { $now } of it by now. { $stands }
funnel-note-rate-target = Target for the conversion: { $target }. { $stands }
funnel-note-days-target = Target for the days: { $target } at most. { $stands }
funnel-targets = Targets
rag-green = On target.
rag-amber = Close to it.
rag-red = Behind.
rag-none = Not measured yet.
rag-limit-green = Within it.
rag-limit-amber = Just over it.
rag-limit-red = Over it.
funnel-note-sure = 95 % sure: { $low } to { $high }; the change lies between { $from } and { $to } points, more than luck
funnel-note-definition = { $name }: { $entry }. Ends when: { $exit }. Owner: { $owner }
funnel-empty-title = Nothing in this funnel yet: { $funnel }
funnel-empty-leads = It needs leads or deals with dates: created, MQL, SQL, closed.
funnel-empty-history = It needs a stage history of people or deals, each stage with its time: { $names }
funnel-empty-other = w goes to the next funnel.
funnel-empty-import = revops import FILE…
funnel-empty-import-what = CSV or Excel exports of your CRM: leads, deals, stage history
explain-withheld = no number
explain-whole = whole pipeline
explain-more = PgDn: more
explain-definition = means
explain-formula = formula
explain-interval = 95 % sure
explain-records = behind it
explain-segment = only
explain-segment-owner = { $segment }; a record counts in the stage in which such an owner had it and in every later one
explain-days = days
explain-days-learned =
    { $days ->
        [one] 1 day: nine of ten of { NUMBER($n) } past conversions needed no longer
       *[other] { $days } days: nine of ten of { NUMBER($n) } past conversions needed no longer
    }
explain-days-defined =
    { $days ->
        [one] 1 day, from the definition of the stages: only { $n } past conversions are known
       *[other] { $days } days, from the definition of the stages: only { $n } past conversions are known
    }
explain-left-out = { $here }. { $what }
explain-too-young = { NUMBER($n) } too young in { $period }
explain-unpriced = { NUMBER($n) } without a price in { $period }
measure-converted = converted
measure-resolved = resolved
measure-converted-amount = amount converted
measure-resolved-amount = amount resolved
measure-entered = entered
measure-entered-before = entered the previous stage
measure-entered-first = entered the first stage
measure-target = target
measure-passed = part of the period passed
measure-now = now
measure-before = before
measure-won = won
measure-lost = lost
explain-excluded = left out
explain-rule = small sample
explain-source = read from
explain-as-of = as of
explain-entry = entry
explain-small-sample = below { $n } records two counts are told, never a percentage
explain-entry-says = { $key }, version { $version }, { $status }; owner { $owner }
metric-status-draft = draft
metric-status-proposed = proposed, not yet approved by RevOps
metric-status-approved = approved by RevOps
withheld-no-records = there is no record to compute it from
withheld-small-sample = too few records for a percentage
withheld-too-few = one of the two is of too few records
withheld-too-young = every record is too young to be judged
withheld-mixed-currencies = the amounts are in several currencies
withheld-no-rate = its currency has no exchange rate
withheld-before-deals = only leads that became deals have an amount, so leads are not counted by amount
withheld-no-comparison = there is nothing to compare with
withheld-not-applicable = it has no meaning here
explain-n =
    { $n ->
        [0] 0 records: nothing to list
        [one] 1 record; { $enter } lists it
       *[other] { NUMBER($n) } records; { $enter } lists them
    }

### Key reference

docs-keys-title = Keys
docs-keys-how = Written by the program itself. Give a command other keys in the settings file, under `[keys]`, by its id; what has no key is in the palette (`:`).
docs-keys-keys = keys
docs-keys-what = what it does
docs-keys-where = where
docs-keys-id = id
docs-keys-all = everywhere
docs-keys-welcome = first page
docs-keys-import-place = choice of a file
docs-keys-import-look = look at a file
docs-keys-import-choice = lists of the import
docs-keys-import-run = running import
docs-keys-import-counts = what an import would do
docs-keys-import-done = end of an import
docs-keys-everywhere = everywhere but in text fields
docs-keys-flow = Flow
docs-keys-explain = explanation
docs-keys-stages = definitions of stages
docs-keys-segments = choice of a segment
docs-keys-pipeline = Pipeline
docs-keys-list = lists
docs-keys-records = Records
docs-keys-record = records
docs-keys-help = help
docs-keys-columns = choice of columns
docs-keys-messages = messages
docs-keys-field = filter field
docs-keys-palette = palette

### The definitions of stages

stages-title = { $funnel } · definitions v{ $version } · measured in { $period }
stages-version = version
stages-measured = measured in
stages-optional = { $name } (may be skipped)
stages-owner = owner
stages-entry = enters when
stages-exit = leaves when
stages-required = needs
stages-days = days
stages-events = known by
stages-names = CRM names
stages-data = in the data
stages-not-recorded = nothing yet: none of this occurs in it
stages-days-expected = { $days } expected
stages-days-measured =
    { $n ->
        [one] { $days } expected, median { $median } (1 record)
       *[other] { $days } expected, median { $median } ({ NUMBER($n) } records)
    }
stages-confirmed = { $events }, as soon as: { $event }
stages-event-person-created-at = lead created
stages-event-person-mql-at = became an MQL
stages-event-person-sal-at = accepted by an SDR
stages-event-person-sql-at = qualified by sales
stages-event-opportunity-created-at = deal created
stages-event-opportunity-won = deal won
stages-event-account-first-paid-at = first payment
list-or = {" or "}

### The single source of truth

ssot-object = object
ssot-master = master
ssot-systems = records known to
ssot-conflicts = conflicts
ssot-none = — (newest)
ssot-override = { $object }, { $field }: { $system } decides ({ $by }, { $day }: { $reason })
ssot-see-conflicts = revops ssot conflicts lists them.
ssot-set =
    { $system } decides now about { $what }. { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    } changed (action { $action }).
ssot-cleared =
    { $what }: no master any more; what was said last counts. { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    } changed (action { $action }).
ssot-would =
    { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    } would change. Nothing was written.
ssot-unchanged = It is so already. Nothing was written.
ssot-no-conflicts = No systems contradict each other.
ssot-record = record
ssot-field = field
ssot-stands = value
ssot-why = stands by
ssot-others = others say
why-decided = decided here
why-override = master of the field
why-master = master
why-newest = newest
set-done = { $name }: set { $fields } (action { $action }; revops undo takes it back)
worksheet-waiting =
    { $system }, { $object }: { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    }
worksheet-written =
    { $system }, { $object }: { $values ->
        [one] 1 value
       *[other] { NUMBER($values) } values
    } of { $records ->
        [one] 1 record
       *[other] { NUMBER($records) } records
    }, written to { $file }
worksheet-blank = (blank)
worksheet-nothing = The systems say what was decided here: no worksheet is needed.
worksheet-hint = revops worksheet -o FOLDER writes the files.
worksheet-left-out = Not in a worksheet: { $name }, { $field } ({ $why })
worksheet-left-no-system = no system knows the record
worksheet-left-no-link = { $system } does not know the record
worksheet-left-no-id = no id: the files of { $system } had none of this record
worksheet-left-no-column = the import of { $system } takes no such column
worksheet-left-cleared = a blank cell clears nothing; clear it in { $system }
worksheet-left-no-reference = what it names has no id in { $system }
tui-says = { $system } says { $value } ({ $day })
tui-decided = decided here; not yet in { $systems }

# Business calendars
error-calendar-syntax = The calendar cannot be read: { $reason }.
error-calendar-zone = There is no time zone “{ $zone }”. Zones are named like Asia/Shanghai or America/New_York.
error-calendar-zone-meant = There is no time zone “{ $zone }”. Did you mean { $nearest }?
error-calendar-days = “{ $text }” are no days of the week. Write mon, tue … sun, or a run such as mon-fri.
error-calendar-interval = “{ $text }” is no opening time. Write it like 9:00-12:00; 22:00-6:00 passes midnight.
error-calendar-date = “{ $text }” is no date. Write 2026-10-01, or a run such as 2026-10-01..2026-10-07.
error-calendar-both = { $day } is a holiday and a working day. Take it out of one of the two lists.
error-calendar-closed = The calendar “{ $calendar }” never opens, so nothing would ever be due. Give it hours on at least one day.
error-calendar-twice = There are two calendars “{ $calendar }”. Give one of them another key.
error-calendar-overlap = On { $day }, { $one } and { $other } overlap. Write openings one after the other.
error-calendar-missing = { $day } is not in the list, so it cannot be taken out.

# Hand-offs and their policies
error-handoff-syntax = The hand-offs cannot be read: { $reason }.
error-handoff-target = Policy “{ $policy }”: “{ $text }” is no time to answer in. Write it like 5m, 2h or 24h, and more than nothing.
error-handoff-warn = Policy “{ $policy }”: the share to warn at is above 0 and at most 1, such as 0.75.
error-handoff-open = Hand-off “{ $handoff }”: its last policy has conditions, so some records would have none. Add one without conditions at the end.
error-handoff-twice = “{ $key }” is there twice. Give one of them another key.
error-handoff-number = Hand-off “{ $handoff }”: { $field } = { $value } cannot be. Write a whole number from { $least } to 10000, or leave it out.
error-handoff-calendar = There is no calendar “{ $calendar }”. There are: { $known }.
error-handoff-after = “{ $text }” is no time after the deadline. Write it like 0m, 15m or 2h; nothing means nobody is told.
error-handoff-score = “{ $text }” is no score. Write a whole number such as 80; nothing means no score counts.
error-handoff-pool = “{ $text }” is no number of days. Write a whole number from 1 on, such as 14.
error-handoff-cadence = “{ $text }” are no days from attempt to attempt. Write whole numbers from 1 on, such as 1, 2, 3, 5.
error-handoff-place = There is no policy or hand-off “{ $place }”. There are: { $known }.
error-handoff-field = “{ $field }” is nothing that can be changed there. There are: { $known }.
error-handoff-named = The calendar “{ $calendar }” is in use: { $policies } go by it. Give them another calendar first.
error-handoff-shipped = The calendar “{ $calendar }” comes with the program and stays. Only calendars of your own can be deleted.
error-handoff-always = “{ $calendar }” is the clock that never stops and cannot be changed. Change another calendar, or a copy of one.
error-handoff-key = “{ $key }” is no name for a calendar. Use letters, digits, - and _, without spaces.
error-same-rules = Nothing to save: these rules hold already.
error-rules-changed = Somebody else has changed the rules since you looked. Look again at what changes, then save once more.
error-rules-changed-by = { $by } has changed the rules since you looked. Look again at what changes, then save once more.
error-rules-empty = { $file } is empty. `revops handoff rules reset` goes back to the rules that come with the program.
error-import-ics-format = { $file } is no calendar in iCalendar format (.ics), or it is damaged. Export it again.
error-import-ics-large = { $file } is larger than 4 MB: too large for a calendar of holidays.
error-import-ics-deep = { $file } is damaged: its parts lie too deep in each other.
error-import-ics-days = { $file } has no day in it that could be taken: only entries of whole days count.
duration-hours = { $hours }h { $minutes }m
duration-days = { $days }d { $hours }h

# Hand-offs
handoff-inside = Inside SLA
handoff-time-to-value = Time-to-Value (days)
handoff-csat = CSAT
handoff-all = all
handoff-none = Nothing waits.
handoff-more = … and { $n } more: --format json or csv lists all
handoff-column-queue = hand-off
handoff-column-open = open
handoff-column-breached = breached
handoff-column-at-risk = at risk
handoff-column-inside = in time
handoff-column-median = median
handoff-column-p90 = 9 of 10
handoff-column-late-on-arrival = late on arrival
handoff-column-returned = returned
handoff-column-id = id
handoff-column-left = left
handoff-column-state = state
handoff-column-subject = lead or deal
handoff-column-owner = owner
handoff-column-kind = hand-off
handoff-column-day = day
handoff-column-assists = assists
handoff-column-lacks = missing
handoff-column-pooled = in the pool since
handoff-column-had-by = had it
handoff-column-next = next touch
handoff-nothing-to-route = Nothing to assign: nobody waits without an owner, or nobody has room.
handoff-state-breached = breached
handoff-state-at-risk = at risk
handoff-state-on-track = on track
handoff-state-paused = paused
handoff-state-late-on-arrival = late on arrival
handoff-state-met = met
handoff-state-met-late = met late
handoff-state-returned = returned
handoff-state-moved-on = moved on
handoff-deed-claim = claimed
handoff-deed-assign = assigned
handoff-deed-touch = touch noted
handoff-deed-accept = accepted
handoff-deed-return = returned
handoff-deed-pause = paused
handoff-deed-resume = goes on
handoff-deed-form = form filled in
handoff-deed-send-back = form sent back
handoff-deed-accept-form = form accepted
handoff-deed-kickoff = kick-off booked
handoff-deed-next-touch = next touch set
handoff-deed-meeting = meeting booked
handoff-deed-no-show = nobody came
handoff-deed-do-not-contact = not to be contacted
handoff-done = { $n ->
    [one] 1 hand-off: { $deed }. Undo: revops undo { $action }
   *[other] { $n } hand-offs: { $deed }. Undo: revops undo { $action }
}
error-no-handoff = There is no hand-off “{ $id }”. `revops handoff list` names those that wait.
usage-as-whom = Say who takes it: --as NAME, as the team file has it.
usage-queue = There is no queue “{ $word }”. There are: { $known }.
usage-member = Nobody in the team is called “{ $name }”. Import a team file, or check the name.
usage-member-meant = Nobody in the team is called “{ $name }”. Did you mean { $meant }?
usage-members = { $n } people of the team are called “{ $name }”. Give one of them another name first.
action-handoff = { $records ->
    [one] one hand-off
   *[other] { $records } hand-offs
}: { $deed }
action-define = { $what ->
    [calendars] changed the calendars
    [handoffs] changed the hand-off rules
   *[other] changed hand-off rules and calendars
}
cli-handoff = See what waits, and say what was done with it
cli-handoff-list = List what waits, by what breaches next
cli-handoff-list-queue = Only one queue: a hand-off or one policy of it (ms, sales-to-cs, ms/hot), escalated, sc/form, sc/kick-off, day-1-30, late, next, pool, returned
cli-handoff-list-calendar = Judge all by this calendar
cli-handoff-list-format = How to print it
cli-handoff-claim = Take it
cli-handoff-assign = Give it to someone, or without --to back to the pool
cli-handoff-assign-to = To whom
cli-handoff-assign-auto = Give what waits and nobody owns to whom it is suggested, as one action
cli-handoff-touch = Note a human outbound attempt; the first stops the clock
cli-handoff-touch-kind = How: call, email, meeting or wechat
cli-handoff-touch-outcome = What came of it
cli-handoff-accept = Take it on as qualified
cli-handoff-return = Give it back as not qualified
cli-handoff-return-reason = Why
cli-handoff-pause = Stop its clock
cli-handoff-pause-reason = Why
cli-handoff-resume = Let its clock go on
cli-handoff-next = Set when the next touch is due
cli-handoff-next-on = When
cli-handoff-form = Fill in, accept or send back the form from sales to customer success
cli-handoff-form-background = Background of the customer
cli-handoff-form-decision-chain = Who decides
cli-handoff-form-success-criteria = What success is
cli-handoff-form-risks = Risks
cli-handoff-form-accept = The form is complete
cli-handoff-form-send-back = It lacks something: what
cli-handoff-kickoff = Book the kick-off
cli-handoff-kickoff-on = When it is
cli-handoff-claim-ids = Which: ids from revops handoff list
cli-handoff-claim-person = Who does it, as the team file has the name
cli-handoff-claim-at = When it was done (default: now)
cli-handoff-claim-format = How to print it
cli-handoff-assign-ids = Which: ids from revops handoff list
cli-handoff-assign-person = Who does it, as the team file has the name
cli-handoff-assign-at = When it was done (default: now)
cli-handoff-assign-format = How to print it
cli-handoff-touch-ids = Which: ids from revops handoff list
cli-handoff-touch-person = Who does it, as the team file has the name
cli-handoff-touch-at = When it was done (default: now)
cli-handoff-touch-format = How to print it
cli-handoff-accept-ids = Which: ids from revops handoff list
cli-handoff-accept-person = Who does it, as the team file has the name
cli-handoff-accept-at = When it was done (default: now)
cli-handoff-accept-format = How to print it
cli-handoff-return-ids = Which: ids from revops handoff list
cli-handoff-return-person = Who does it, as the team file has the name
cli-handoff-return-at = When it was done (default: now)
cli-handoff-return-format = How to print it
cli-handoff-pause-ids = Which: ids from revops handoff list
cli-handoff-pause-person = Who does it, as the team file has the name
cli-handoff-pause-at = When it was done (default: now)
cli-handoff-pause-format = How to print it
cli-handoff-resume-ids = Which: ids from revops handoff list
cli-handoff-resume-person = Who does it, as the team file has the name
cli-handoff-resume-at = When it was done (default: now)
cli-handoff-resume-format = How to print it
cli-handoff-next-ids = Which: ids from revops handoff list
cli-handoff-next-person = Who does it, as the team file has the name
cli-handoff-next-at = When it was done (default: now)
cli-handoff-next-format = How to print it
cli-handoff-form-ids = Which: ids from revops handoff list
cli-handoff-form-person = Who does it, as the team file has the name
cli-handoff-form-at = When it was done (default: now)
cli-handoff-form-format = How to print it
cli-handoff-kickoff-ids = Which: ids from revops handoff list
cli-handoff-kickoff-person = Who does it, as the team file has the name
cli-handoff-kickoff-at = When it was done (default: now)
cli-handoff-kickoff-format = How to print it
cli-show-calendar = Judge hand-offs by this calendar instead of those of their policies
usage-which-field = What is to be changed of “{ $word }”? Write FIELD=VALUE behind it, such as target=10m.
usage-of-which-policy = “{ $word }” of what? Name the policy before it, such as ms/hot.
usage-replay = Say what is to be tried: ms/hot target=10m, or --calendar 24/7.
cli-handoff-rules = Show the rules that hold, or change them
cli-handoff-rules-format = How to print them; toml is what load takes
cli-handoff-rules-set = Change policies, hand-offs or calendars, all as one action
cli-handoff-rules-set-words = What: ms/hot target=10m warn=0.8 calendar=china score=95 owner=0m lead=15m manager=60m cadence=1,2,3; ms score=80 pool=14 teams=SDR
cli-handoff-rules-set-format = How to print the result
cli-handoff-rules-reset = Go back to the rules that come with the program; calendars stay
cli-handoff-rules-reset-format = How to print the result
cli-handoff-rules-load = Take all hand-offs and policies from a file
cli-handoff-rules-load-file = The file, written as revops handoff rules --format toml prints it
cli-handoff-rules-load-format = How to print the result
cli-handoff-calendar = See when teams are at work, and change it
cli-handoff-calendar-list = List the calendars
cli-handoff-calendar-list-format = How to print them; toml prints your own, as load takes them
cli-handoff-calendar-show = Show one calendar with all its days
cli-handoff-calendar-show-name = Which: its name from revops handoff calendar list
cli-handoff-calendar-show-format = How to print it; toml is what load takes
cli-handoff-calendar-set = Change zone, hours, or until when its holidays are known
cli-handoff-calendar-set-name = Which: its name from revops handoff calendar list
cli-handoff-calendar-set-fields = zone=Asia/Shanghai mon-fri=9:00-12:00,13:00-18:00 sat= known-until=2027-12-31; no hours: closed
cli-handoff-calendar-set-format = How to print the result
cli-handoff-calendar-copy = Make a new calendar like another
cli-handoff-calendar-copy-from = The one that it is made like
cli-handoff-calendar-copy-name = Its name
cli-handoff-calendar-copy-format = How to print the result
cli-handoff-calendar-holiday = Add days off, or take them out
cli-handoff-calendar-holiday-name = Which calendar
cli-handoff-calendar-holiday-days = The days: 2026-12-25, or a run 2026-10-01..2026-10-07
cli-handoff-calendar-holiday-remove = Take them out
cli-handoff-calendar-holiday-format = How to print the result
cli-handoff-calendar-workday = Add working days that make up for days off, or take them out
cli-handoff-calendar-workday-name = Which calendar
cli-handoff-calendar-workday-days = The days: 2026-10-10, or a run
cli-handoff-calendar-workday-remove = Take them out
cli-handoff-calendar-workday-format = How to print the result
cli-handoff-calendar-import = Take days off and working days from a file in iCalendar format
cli-handoff-calendar-import-name = Which calendar
cli-handoff-calendar-import-file = The file; 休 and 班 in its titles tell days off from working days
cli-handoff-calendar-import-format = How to print the result
cli-handoff-calendar-delete = Delete a calendar of your own; a shipped one of its name holds again
cli-handoff-calendar-delete-name = Which calendar
cli-handoff-calendar-delete-format = How to print the result
cli-handoff-calendar-load = Take all calendars of your own from a file
cli-handoff-calendar-load-file = The file, written as revops handoff calendar list --format toml prints it
cli-handoff-calendar-load-format = How to print the result
cli-handoff-replay = Judge the past by other rules and compare; change nothing
cli-handoff-replay-words = What to try, written as for revops handoff rules set: ms/hot target=4h
cli-handoff-replay-calendar = Try one calendar for everything
cli-handoff-replay-period = Only hand-offs that began in this period (default: all)
cli-handoff-replay-format = How to print it; csv is a line for each hand-off that changes
rules-done = Saved. Undo: revops undo { $action }
rules-own = Your own rules:
rules-shipped = The rules that come with the program:
rules-whose-own = your own
rules-whose-shipped = shipped
rules-column-place = policy
rules-column-target = target
rules-column-warn = at risk from
rules-column-calendar = calendar
rules-column-condition = when
rules-column-escalate = a breach goes to
rules-column-cadence = days between touches
rules-column-zone = zone
rules-column-hours = hours
rules-column-holidays = holidays
rules-column-working = working days
rules-column-known-until = known until
rules-column-whose = whose
rules-score = score from { $score } on
rules-high-intent = high-intent action
rules-otherwise = otherwise
rules-or = {" or "}
rules-from-score = from score { $n } on
rules-pool = pool after { $n } days without a touch
rules-teams = received by { $teams }
rules-everyone = everyone
rules-level-owner = owner
rules-level-lead = lead
rules-level-manager = manager
rules-left-out = Not taken: { $what }.
rules-left-out-one = { $n } { $why }
rules-left-out-part-of-a-day = of part of a day
rules-left-out-repeats = that repeat otherwise than yearly
rules-left-out-no-date = without a readable date
rules-left-out-cancelled = cancelled
rules-left-out-unmarked = without a mark (休 or 班)
replay-become = { NUMBER($before) } missed deadlines become { NUMBER($after) } (inside SLA { $inside } → { $then }); { $n ->
    [one] one hand-off changes
   *[other] { NUMBER($n) } hand-offs change
}.
replay-as-many = { NUMBER($before) } missed deadlines stay as many (inside SLA { $inside } → { $then }); { $n ->
    [one] one hand-off changes
   *[other] { NUMBER($n) } hand-offs change
}.
replay-same = No hand-off changes: { NUMBER($before) } missed deadlines stay.
replay-none = no hand-off
replay-returned-late = returned late
replay-column-then = then
replay-column-missed = missed
measure-inside = answered in time
measure-judged = deadline met or passed
measure-qualified = qualified by sales
measure-answered = answered
measure-inside-unpaused = in time without pauses
measure-touched = tried to reach
measure-handed-over = handed over
measure-attempts = attempts
measure-accepted = accepted
measure-given-back = given back
measure-won-from-handoffs = won from hand-offs
measure-all-won = all won
measure-deals-from-handoffs = deals from hand-offs
measure-content = answers of 4 and 5
measure-answers = all answers

# Pipeline: coverage, velocity, stall lines, pushes
pipeline-owners-period = Owners in the period
pipeline-stalled = Past the stall line of their stage ({ NUMBER($n) }, the furthest { NUMBER($shown) })
pipeline-pushed = Close date moved later ({ NUMBER($n) }, the most often { NUMBER($shown) }; ! three times or more)
pipeline-not-told = – ({ $why })
pipeline-per-day = { $amount } a day
pipeline-luck = { $change }, could be luck
pipeline-past-of = { $rate } of { NUMBER($n) } deals in { NUMBER($periods) } past periods; the close date of then is told of { NUMBER($told) }
pipeline-none-in-segment = No deal is in the segment { $segment }
pipeline-note-list-price =
    { $n ->
        [one] 1 open deal has no amount; it counts at the list price of its product
       *[other] { NUMBER($n) } open deals have no amount; they count at the list price of their product
    }
pipeline-note-unpriced =
    { $n ->
        [one] 1 open deal has neither an amount nor a product with a list price; it is in no sum
       *[other] { NUMBER($n) } open deals have neither an amount nor a product with a list price; they are in no sum
    }
pipeline-note-unpriced-of =
    { $n ->
        [one] 1 open deal has no amount, and its product no list price: { $names }; it is in no sum
       *[other] { NUMBER($n) } open deals have no amount, and their product no list price: { $names }; they are in no sum
    }
pipeline-note-rate =
    { $n ->
        [one] 1 deal in { $currency } is converted to { $home } at the rate of its day, of today while it is open; the newest is { $rate }, from { $date } on
       *[other] { NUMBER($n) } deals in { $currency } are converted to { $home } at the rate of their day, the open ones of today; the newest is { $rate }, from { $date } on
    }
pipeline-note-no-rate =
    { $n ->
        [one] 1 deal in { $currency } has no exchange rate for its day and stands apart; rates come with revops import --as rates, or revops store currency { $currency } where that is your own
       *[other] { NUMBER($n) } deals in { $currency } have no exchange rate for their day and stand apart; rates come with revops import --as rates, or revops store currency { $currency } where that is your own
    }
pipeline-col-period = period
pipeline-col-compare = compared with
pipeline-col-segment = segment
pipeline-col-target = target
pipeline-col-won-in-period = won in the period
pipeline-col-target-left = left of the target
pipeline-col-open-in-period = open, to close in the period
pipeline-col-coverage = coverage
pipeline-col-coverage-needed = coverage needed
pipeline-col-coverage-gap = pipeline missing
pipeline-col-coverage-past = won of past pipeline
pipeline-col-undated = open without a close date
pipeline-col-overdue = open past their close date
pipeline-col-velocity = velocity
pipeline-col-velocity-before = velocity of the compared days
pipeline-col-velocity-change = change of the velocity
pipeline-col-opportunities = open deals
pipeline-col-win-rate-change = change of the win rate
pipeline-col-average-deal = average deal won
pipeline-col-cycle-days = days they took, mean
pipeline-col-stall-line = stall line, days
pipeline-col-stalled = past it
pipeline-col-stalled-deals = stalled
pipeline-col-stalled-amount = amount past it
pipeline-col-win-under = win rate under it
pipeline-col-win-over = win rate over it
pipeline-col-pushes = pushes
pipeline-col-pushed-often = pushed 3+ times
pipeline-col-deal = deal
pipeline-col-account = account
pipeline-col-owner = owner
pipeline-col-days-in-stage = days in stage
pipeline-col-days-moved = days moved
pipeline-col-first-close-date = first close date
pipeline-col-close-date = close date
tui-says-gap = { $period }: coverage { $coverage }, { $needed } needed to win the { $left } left of the target; { $gap } of open pipeline is missing
tui-says-covered = { $period }: coverage { $coverage }, { $needed } needed to win the { $left } left of the target
tui-says-stalled = { NUMBER($n) } of { NUMBER($of) } deals in { $stage } ({ $amount }) are past its stall line of { $days } days; past it { $over } were won, before it { $under }
tui-fact-coverage = coverage
tui-fact-needed-not-told = { $coverage }, needed { $needed }
tui-fact-of-needed = { $coverage } of { $needed }
tui-fact-gap = missing
tui-fact-surplus = to spare
tui-fact-left = left of target
tui-fact-left-of = { $left } of { $target }
tui-fact-won-in-period = won in it
tui-fact-to-close = to close in it
tui-fact-undated = no close date
tui-fact-overdue = overdue
tui-fact-win-rate-in = win rate in it
tui-fact-velocity = velocity
tui-fact-per-day = { $amount }/d { $change }
tui-fact-pushed = pushed 3+×
tui-fact-stalled = stalled
tui-fact-all-time = ever:
tui-cut-stalled = Stalled
tui-cut-pushed = Pushed
tui-column-stall-line = stall line, d
tui-column-stalled = past it
tui-column-stalled-amount = amount past it
tui-column-win-under = won under it
tui-column-win-over = won over it
tui-column-won-in-period = won in period
tui-column-target-won = target
tui-column-coverage = coverage
tui-column-stalled-deals = stalled
tui-column-pushes = pushes
tui-column-days-in-stage = days in stage
tui-column-close-date = close date
tui-column-first-close-date = at first
tui-column-days-moved = days moved
tui-pipeline-no-stalled = No open deal is past the stall line of its stage
tui-pipeline-no-lines = No stage has a stall line yet: that takes 20 deals that went on from it
tui-pipeline-no-pushed = No close date of an open deal has moved later, as far as histories and exports tell
measure-open-in-period = open in the period
measure-target-left = left of the target
measure-past-win-rate = win rate of the past
measure-won-then = won of it
measure-open-then = open then
measure-coverage-needed = coverage needed
measure-opportunities = opportunities
measure-win-rate = win rate
measure-average-deal = average deal
measure-cycle-days = cycle days
withheld-few-records = fewer than 20 records to learn from
withheld-no-target = nobody has set a target
withheld-target-reached = the target is reached
withheld-period-over = the period is over
withheld-no-close-dates = no open deal has a close date
withheld-no-history = nothing tells how deals moved
tui-pipeline-no-history = Nothing tells how deals moved from stage to stage; a stage history, or the next export of the deals, does

# The hand-offs pane

tui-pane-handoffs = Hand-offs
tui-view-queue = Queue
tui-help-pane-handoffs = go to the hand-offs: what waits for whom, and until when
tui-help-view-queue = go to the queues of hand-offs
docs-keys-handoffs = Hand-offs
docs-keys-triage = Triage
tui-column-touch-due = touch due
tui-column-returned-at = returned
tui-column-pooled = in pool
tui-column-day = day
tui-column-lacks = missing
tui-column-assists = assists
tui-column-had-by = had it
tui-column-left = left
tui-column-score = score
tui-column-subject = lead or deal
tui-column-attempts = tries
tui-copied-state = state
tui-handoff-paused = paused
tui-handoff-late = late
tui-handoff-queues = queues
tui-handoff-slice-all = all
tui-handoff-slice-escalated = escalated
tui-handoff-gone-to-owner = told to the owner
tui-handoff-gone-to-lead = gone to the lead
tui-handoff-gone-to-manager = gone to the manager
tui-handoff-slice-late = late on arrival
tui-handoff-slice-next = next touch due
tui-handoff-slice-form = form
tui-handoff-slice-kickoff = kick-off
tui-handoff-slice-shared = day 1–{ $of }
tui-handoff-slice-pool = pool
tui-day-of = { $day } of { $of }
tui-handoff-slice-returned = returned
tui-handoff-recent = last 30 days
tui-handoff-year = last 12 months
tui-handoff-empty = No hand-off yet. They are read off leads with mql_at, score or high_intent, and off won deals: i brings files in.
tui-handoff-calm = Nothing is breached, and no deadline is near.
tui-handoff-breached = { $n } breached; nothing else has a deadline.
tui-handoff-next-breach = Nothing is breached. Next: { $name }, in { $left }
tui-handoff-breached-next = { $n } breached. Next: { $name }, in { $left }
tui-handoff-due = due { $at }
tui-handoff-high-intent = high-intent action
tui-handoff-score-of = score { $score } (from { $of } on)
tui-handoff-score = score { $score }
tui-handoff-source = from { $source }
tui-handoff-nobody = nobody
tui-handoff-owner = { $n ->
    [0] { $owner }, not tried yet
    [one] { $owner }, tried once
   *[other] { $owner }, tried { $n } times
}
tui-handoff-suggested = suggested: { $name } ({ $why })
tui-handoff-keeper = owns the account
tui-handoff-load = { $load } of { $capacity } this week
tui-handoff-next = next touch { $at }
tui-handoff-over = cadence over since { $at }: return it, or keep it by setting a next touch
tui-handoff-cadence-over = cadence over
tui-handoff-shared = day { $day } of { $of } since the signature · { $name } (sales) assists
tui-handoff-pooled = in the pool since { $since } · { $name } had it
tui-handoff-barred = and cannot claim it before { $until }
tui-handoff-lacks = still missing: { $what }
tui-handoff-lacks-form = the form
tui-handoff-lacks-accept = form accepted
tui-handoff-lacks-kickoff = kick-off
tui-handoff-split = Where the time went
tui-handoff-took = { $part } { $time }
handoff-split-outside-hours = outside hours
handoff-split-paused = paused
handoff-split-import = before import
handoff-split-unassigned = unassigned
handoff-split-reassigned = with an owner before
handoff-split-untouched = assigned, not touched
tui-triage-progress = { $at } of { $all }
tui-triage-done = All gone through. Esc goes back to the queue.
tui-hint-claim = claim
tui-hint-touch = touched
tui-hint-accept-lead = accept
tui-hint-return = return
tui-hint-assign = assign
tui-hint-triage = triage
tui-hint-queue = queue
tui-hint-next-touch = next touch
tui-hint-pause = pause
tui-hint-meeting = meeting
tui-hint-form = form
tui-hint-kickoff = kick-off
tui-help-handoff-claim = claim the hand-off, or the marked ones
tui-help-handoff-touch = log a touch: call, e-mail, meeting or WeChat
tui-help-handoff-accept = accept the lead
tui-help-handoff-return = return it, with a reason
tui-help-handoff-assign = assign it to somebody, the suggested one first
tui-help-handoff-triage = go through the queue one by one, the nearest breach first
tui-help-handoff-next-queue = the next queue
tui-help-handoff-previous-queue = the queue before
tui-help-handoff-next = set when the next touch is due
tui-help-handoff-pause = stop its clock, with a reason, or let it go on
tui-help-handoff-meeting = a meeting is booked
tui-help-handoff-no-show = nobody came to the meeting
tui-help-handoff-dnc = the person does not want to be contacted
tui-help-handoff-form = fill in the form of the hand-over, accept it or send it back
tui-help-handoff-kickoff = the kick-off is booked
tui-help-handoff-mark-all = mark everything in the queue, or nothing
tui-help-handoff-share = give what an absent person has to others
tui-help-handoff-route = give what waits and nobody owns to whom it is suggested
docs-keys-ask = Question
docs-keys-form = Form
handoff-did-one = { $name }: { $deed }
handoff-did = { $n ->
    [one] One hand-off: { $deed }
   *[other] { $n } hand-offs: { $deed }
}
handoff-many = { $n } hand-offs
handoff-not-for-this = That does not go with this kind of hand-off.
handoff-gone = It is not in the queue any more.
handoff-nothing-owned = Nobody owns anything that waits.
handoff-new-hot = New hot hand-off: { $name }
ask-missing = Nothing fits. Choose a line, or type something else.
ask-how-find = Type to find, Enter takes the selected line.
ask-how-reason = Type a reason, or choose one.
ask-how-note = Choose how; what you type is the outcome, and may be left out.
ask-how-time = Choose, or type a time: 15:30, +2d, +3h, 2026-10-12 15:30
ask-assign = Assign to
ask-touch = Log a touch
ask-return = Return, because
ask-pause = Pause, because
ask-next-touch = Next touch
ask-meeting = Meeting booked for
ask-kickoff = Kick-off booked for
ask-who-am-i = Who of the team are you? It is asked once.
ask-send-back = What does the form lack?
ask-share = Whose hand-offs go to others?
ask-open = { $name } · { $n } open
ask-open-absent = { $name } · { $n } open · absent
ask-receiver = { $name } · { $load } of { $capacity } this week
ask-receiver-suggested = { $name } · { $load } of { $capacity } this week · suggested
ask-receiver-keeper = { $name } · { $load } of { $capacity } this week · owns the account
ask-receiver-away = { $name } · absent
ask-spread = Spread over whoever has room
ask-nobody = Nobody: back to the pool
ask-in-an-hour = in an hour · { $at }
ask-tomorrow = tomorrow · { $at }
ask-in-two-days = in two days · { $at }
ask-in-three-days = in three days · { $at }
ask-next-monday = next Monday · { $at }
ask-in-a-week = in a week · { $at }
ask-in-a-month = in 30 days · { $at }
reason-no-need = no need
reason-no-budget = no budget
reason-students = student or competitor
reason-wrong-contact = contact data are wrong
reason-duplicate = duplicate
reason-no-answer = no answer
reason-asked-later = asked for later
reason-holiday = on holiday
reason-waits-for-data = waits for data
reason-with-partner = with a partner
reason-unreachable = cannot be reached
form-title = Hand-over to customer success
form-background = Customer background
form-decision-chain = Decision chain
form-success-criteria = Success criteria
form-risks = Risks
form-save = Keep the form
form-accept = Accept: the form is complete
form-send-back = Send back, with a reason
form-has-gaps = A field is empty: fill it in, or send the form back.
tui-help-ask-accept = take the selected answer
tui-help-ask-leave = leave the question
tui-help-form-next = go to the next line, or do what it says
tui-help-form-down = go to the line below
tui-help-form-up = go to the line above
tui-help-form-leave = leave the form; what you typed is kept
tui-help-form-save = keep the form
tui-help-form-accept = accept the form
tui-help-form-send-back = send the form back

### Looking back at hand-offs

docs-keys-review = Hand-offs: team, heat map, response, ledger, pauses, weeks
tui-view-team = Team
tui-view-heat = Heat map
tui-view-response = Response
tui-view-ledger = Ledger
tui-view-pauses = Pauses
tui-view-weeks = Weeks
tui-help-view-team = Hand-offs: each receiver, best first
tui-help-view-heat = Hand-offs: when they arrive, hour by weekday
tui-help-view-response = Hand-offs: how many are qualified, by how fast they were answered
tui-help-view-ledger = Hand-offs: what marketing and sales owe each other, and who missed first
tui-help-view-pauses = Hand-offs: breaches avoided only by pausing
tui-help-view-weeks = Hand-offs: week by week
review-column-owner = owner
review-column-open = open
review-column-breached = breached
review-column-inside = inside SLA
review-column-median = median answer
review-column-p90 = 9 of 10 within
review-column-attempts = attempts
review-column-converted = qualified
review-column-returned = given back
review-column-got = got in 7 days
review-column-capacity = capacity a week
review-column-note = note
review-column-hour = hour
review-column-day-1 = Mon
review-column-day-2 = Tue
review-column-day-3 = Wed
review-column-day-4 = Thu
review-column-day-5 = Fri
review-column-day-6 = Sat
review-column-day-7 = Sun
review-column-all = all
review-column-missed = missed
review-column-queue = hand-off
review-column-within = answered
review-column-answered = hand-offs
review-column-interval = 95 % interval
review-column-week = week
review-column-owed = owed
review-column-delivered = delivered
review-column-balance = balance
review-column-given-back = given back
review-column-followed-up = followed up
review-column-behind = behind
review-column-subject = lead or deal
review-column-state = state
review-column-paused = paused
review-column-over = late without it by
review-column-late-on-arrival = late on arrival
review-column-ate = what took the time of the missed ones
review-nobody = (nobody)
review-away = away
review-within = { $from } – { $to }
review-after = after { $from }
review-ate = { $share } { $part }
review-side-marketing = marketing
review-side-sales = sales
review-no-reason = (no reason)
review-others = others
review-week-cut = { $week } ({ $days ->
    [one] one day
   *[other] { $days } days
})
review-none = No hand-off began in this period.
review-no-ledger = No kind of hand-off comes from marketing, so there is nothing to settle.
review-inside = Inside the SLA: { $inside }.
review-team = Inside the SLA: { $inside }. Best: { $best }, { $best-inside }. Last: { $last }, { $last-inside }.
review-heat = { $outside } of { $total } hand-offs ({ $share }) arrived outside working hours; most arrive on { $day } from { $from } to { $to } ({ $n }).
review-heat-note = Without deals. Hours in { $zone }. (12): the calendar is usually closed then. ▄ a third of the busiest hour and more, █ two thirds. Attempts: when the team really was at work.
review-response = { $queue }: answered within { $within }, { $fast } were qualified; after { $after }, { $slow }.
review-response-few = Too few answers to compare fast ones with slow ones.
review-response-note = An association, not a cause: whoever is answered fast may have been the better lead. Qualified: by sales, after the answer.
review-ledger-kept = Nobody is behind. { $known ->
    [yes] Marketing delivered { $delivered } hand-offs of { $owed } owed so far; sales answered { $inside } in time, { $goal } are agreed.
   *[no] Marketing delivered { $delivered } hand-offs; sales answered { $inside } in time, { $goal } are agreed.
}
review-ledger-missed = { $side ->
    [marketing] Marketing
   *[other] Sales
} fell behind first, in { $week }. { $known ->
    [yes] Marketing delivered { $delivered } hand-offs of { $owed } owed so far; sales answered { $inside } in time, { $goal } are agreed.
   *[no] Marketing delivered { $delivered } hand-offs; sales answered { $inside } in time, { $goal } are agreed.
}
review-ledger-both = Both fell behind in { $week }. { $known ->
    [yes] Marketing delivered { $delivered } hand-offs of { $owed } owed so far; sales answered { $inside } in time, { $goal } are agreed.
   *[no] Marketing delivered { $delivered } hand-offs; sales answered { $inside } in time, { $goal } are agreed.
}
review-ledger-owed = Owed { $owed } = target { $target } × share of marketing { $share } ÷ (average deal { $deal } × hand-off to customer { $rate }); the last three of the year before.
review-ledger-no-target = What marketing owes is not known: nobody has set a target for won_amount in this period.
review-ledger-no-past = What marketing owes is not known: no deal of the year before came from a hand-off.
review-ledger-quality = Given back { $returned }, the year before { $before }. Taken on { $accepted }, followed up { $followed }, { $attempts } attempts on each.
review-ledger-reasons = Given back because: { $reasons }
review-pauses = { $n ->
    [one] One hand-off stayed inside the SLA only because it was paused
   *[other] { $n } hand-offs stayed inside the SLA only because they were paused
}: { $inside } inside, { $without } without pauses.
review-pauses-none = No pause has saved a hand-off{ $paused ->
    [0] ; none was paused.
   *[other] ; paused were { $paused }.
}
review-pauses-note = A pause stops the clock and needs a reason; the reason stands on the record's page.
review-weeks = { $week }: { $inside } inside the SLA, the week before { $before }; { $missed } missed.
review-weeks-none = No hand-off began in a week of this period that is over.

cli-report = Write a report: a page of Markdown, or JSON
cli-report-kind = Which one: sla
cli-report-period = Which period (default: the last week that is over)
cli-report-calendar = Judge hand-offs by this calendar instead of those of their policies
cli-report-format = How to write it
cli-report-output = Into this file instead of the terminal
report-written = { $path } is written.
report-as-of = As of { $at }.
report-data-until = Data to { $at }.
report-sla-title = SLA of hand-offs
report-sla-sentence = { $total } hand-offs: { $inside } inside the SLA, { $before } in the period before; { $missed } missed, median answer { $median }.
report-sla-worse = The share inside the SLA fell.
report-sla-ate = What took the time of the missed ones: { $parts }.
report-sla-late = { $n } were past their deadline before their export came; they are not counted.
report-sla-queues = Hand-offs
report-sla-worst = Missed by most
report-sla-team = Team
report-sla-returns = Given back because
review-column-before = before
review-column-late-by = late by
review-column-id = id
# Hand-offs: rules, and others tried on the past
tui-view-replay = Replay
tui-help-view-replay = go to the rules of hand-offs, and try others on the past
docs-keys-replay = Replay
tui-hint-replay-save = save draft
tui-hint-replay-drop = drop draft
tui-hint-replay-copy = new calendar
tui-help-replay-save = save the draft as your own rules, as one action
tui-help-replay-drop = drop the draft; the rules that hold stay
tui-help-replay-copy = make a new calendar like the selected one
tui-help-replay-delete = delete the selected calendar of your own
tui-column-replay-policy = hand-off
tui-column-replay-target = answer in
tui-column-replay-calendar = calendar
tui-column-replay-warn = at risk from
tui-column-replay-inside = inside SLA
tui-column-replay-inside-then = then
tui-column-replay-median = median
tui-column-replay-median-then = then
tui-column-replay-p90 = 9 of 10
tui-column-replay-p90-then = then
tui-column-replay-missed = missed
tui-column-replay-missed-then = then
tui-column-replay-zone = zone
tui-column-replay-hours = hours
tui-column-replay-known = holidays known until
tui-column-replay-whose = whose
tui-column-replay-began = began
tui-column-replay-before = now
tui-column-replay-after = then
tui-column-replay-used = time used
tui-replay-how = What if? Change a policy or a calendar, and the whole past is judged again.
tui-replay-holds = These are the rules that hold.
tui-replay-judging = Judging the past again…
tui-replay-draft = { $n ->
    [one] Draft of one change, not saved.
   *[other] Draft of { $n } changes, not saved.
}
tui-replay-days = { $n ->
    [one] one day
   *[other] { $n } days
}
tui-replay-drafted = draft
tui-replay-dropped = The draft is dropped.
tui-replay-no-draft = There is no draft: change something first.
tui-replay-needs-calendar = Select a calendar first.
tui-replay-no-changes = No hand-off changes: change a policy or a calendar below.
tui-replay-saved = Your rules are saved, as action { $action }.
tui-rule-copy-of = New calendar like { $calendar }
tui-rule-reading = Reading the file…
tui-rule-told = Taken into the draft: { $holidays } holidays, { $working } working days. { $left }
rule-target = answer in
rule-warn = at risk from
rule-calendar = calendar
rule-score = or score from
rule-threshold = handed over from score
rule-owner = breach: tell the owner
rule-lead = breach: tell the lead
rule-manager = breach: tell the manager
rule-cadence = days between touches
rule-pool = back to the pool after
rule-teams = received by
rule-zone = time zone
rule-hours = hours
rule-holidays = holidays
rule-working = working days
rule-known-until = holidays known until
rule-file = import from a file
rule-copy = name
rule-none-target = –
rule-none-warn = –
rule-none-calendar = office
rule-none-score = no score
rule-none-threshold = no score
rule-none-owner = never
rule-none-lead = never
rule-none-manager = never
rule-none-cadence = none
rule-none-pool = never
rule-none-teams = everyone
rule-none-zone = –
rule-none-hours = closed
rule-none-holidays = none
rule-none-working = none
rule-none-known-until = not known
rule-none-file = a calendar file (.ics)
rule-none-copy = –
rule-how-target = Business time, such as 5m, 2h or 24h.
rule-how-warn = The share of that time after which it is at risk, such as 0.75 or 75 %.
rule-how-calendar = Type to find, Enter takes the selected line.
rule-how-score = Records with this score or more are under this policy; nothing: the score does not count.
rule-how-threshold = Records with this score or more are handed over; nothing: the score does not count.
rule-how-owner = Business time after the deadline, such as 0m or 15m; nothing: never.
rule-how-lead = Business time after the deadline, such as 15m or 2h; nothing: never.
rule-how-manager = Business time after the deadline, such as 60m or 8h; nothing: never.
rule-how-cadence = Days after the first, the second … touch, such as 1, 1, 2, 3, 5; nothing: no next touch.
rule-how-pool = Days without a touch, such as 14; nothing: never.
rule-how-teams = Teams or roles as the team file names them, such as SDR, Sales; nothing: everyone.
rule-how-zone = Type to find, Enter takes the selected line.
rule-how-hours = The whole week, such as mon-fri 9:00-12:00, 13:00-18:00; sat 10:00-14:00. Other days are closed.
rule-how-holidays = Days to add: 2026-12-25, or 2026-10-01..2026-10-07. With a - before them they are taken out.
rule-how-working = Days at work although their weekday is off: 2026-10-10. With a - before them they are taken out.
rule-how-known-until = The last day whose holidays are published, such as 2027-12-31.
rule-how-file = The path of a file in iCalendar format: whole days are holidays; 休 and 班 tell days off from working days.
rule-how-copy = Its name: letters, digits, - and _.

### Data quality

quality-clean = Data quality { $score }: nothing is wrong.
quality-findings = Data quality { $score }: { $n ->
    [one] one finding
   *[other] { $n } findings
}, { $errors ->
    [0] no error
    [one] one of them an error
   *[other] { $errors } of them errors
}.
quality-not-checkable = Not checkable with what is in the store ({ $n }): { $rules }.
quality-column-severity = severity
quality-column-finding = finding
quality-column-failing = failing
quality-column-checked = of
quality-column-example = example
quality-column-rule = rule
quality-column-object = data
quality-column-trust = trust
quality-severity-error = error
quality-severity-warn = warning
quality-dimension-completeness = completeness
quality-dimension-accuracy = accuracy
quality-dimension-consistency = consistency
quality-dimension-timeliness = timeliness
quality-dimension-uniqueness = uniqueness
quality-trust-usable = usable
quality-trust-with-caveats = with caveats
quality-trust-not-usable = not usable
quality-meant = { $value } (meant { $meant }?)
quality-sarif = { $name }: { $failing } of { $checked } records, such as { $example }.
cli-check = Hold the data against the rules of data quality
cli-check-fail-on = Exit with code 1 for findings as bad as this, or worse (default: warn)
cli-check-format = How to print it
error-rule-syntax = The rules cannot be read: { $reason }
error-rule-object = Rule { $rule }: there is no kind of record “{ $word }”
error-rule-field = Rule { $rule }: “{ $word }” is no field that can be checked so
error-rule-test = Rule { $rule }: in “{ $test }”, “{ $word }” cannot be read
error-rule-format = Rule { $rule }: “{ $word }” is no form and no pattern
error-rule-check = Rule { $rule }: it needs one check, no more and no less
error-rule-list = Rule { $rule }: there is no list “{ $word }”
error-rule-twice = There are two rules { $rule }
measure-failing = failing
measure-checked = checked
check-empty = There is nothing to check: the store holds no records. Bring some in with revops import.
