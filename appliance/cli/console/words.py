# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""The words of the console menu. Titles and labels are short: a line has 78 cells."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.cli.console.machine_words import WORDS as MACHINE

WORDS: dict[str, dict[str, str]] = {
    **MACHINE,
    # --- titles, as in the menu
    "menu": {"en": "Menu", "ar": "القائمة", "fa": "منو", "zh": "選單"},
    "start": {"en": "Welcome", "ar": "مرحبًا", "fa": "خوش آمدید", "zh": "歡迎"},
    "network": {"en": "Network addresses", "ar": "عناوين الشبكة", "fa": "نشانی‌های شبکه", "zh": "網路位址"},
    "sign_in": {"en": "Sign in to the web", "ar": "الدخول إلى الويب", "fa": "ورود به وب", "zh": "登入網頁"},
    "status": {"en": "Status", "ar": "الحالة", "fa": "وضعیت", "zh": "狀態"},
    "lines": {"en": "Cards, lines and alarms", "ar": "البطاقات والخطوط والإنذارات", "fa": "کارت‌ها، خط‌ها و هشدارها", "zh": "介面卡、線路與警報"},
    "calls": {"en": "Calls now", "ar": "المكالمات الآن", "fa": "تماس‌های اکنون", "zh": "目前通話"},
    "log": {"en": "Recent warnings", "ar": "التحذيرات الأخيرة", "fa": "هشدارهای تازه", "zh": "近期警告"},
    "revisions": {"en": "Changes and going back", "ar": "التغييرات والرجوع", "fa": "تغییرها و بازگشت", "zh": "更改與還原"},
    "time": {"en": "Date and time", "ar": "التاريخ والوقت", "fa": "تاریخ و زمان", "zh": "日期與時間"},
    "support": {"en": "Support bundle", "ar": "حزمة الدعم", "fa": "بستهٔ پشتیبانی", "zh": "支援檔"},
    "tests": {"en": "Tests of ports", "ar": "اختبارات المنافذ", "fa": "آزمون درگاه‌ها", "zh": "埠測試"},
    "update": {"en": "Updates", "ar": "التحديثات", "fa": "به‌روزرسانی‌ها", "zh": "更新"},
    "update_sure": {"en": "Updates", "ar": "التحديثات", "fa": "به‌روزرسانی‌ها", "zh": "更新"},
    "rollback": {"en": "Go back to a revision", "ar": "الرجوع إلى مراجعة", "fa": "بازگشت به یک نسخه", "zh": "還原至修訂版"},
    "link": {"en": "Sign-in link", "ar": "رابط الدخول", "fa": "پیوند ورود", "zh": "登入連結"},
    # --- key hints
    "keys_start": {"en": "1-4 choose language", "ar": "1-4 اختيار اللغة", "fa": "1-4 انتخاب زبان", "zh": "1-4 選擇語言"},
    "keys_menu": {"en": "1-9, A-E or arrows and Enter   0 language", "ar": "1-9 و A-E أو الأسهم ثم Enter   0 اللغة", "fa": "1-9 و A-E یا پیکان‌ها و Enter   0 زبان", "zh": "1-9、A-E 或方向鍵加 Enter   0 語言"},
    "keys_page": {"en": "0 back   R refresh   arrows scroll", "ar": "0 رجوع   R تحديث   الأسهم للتمرير", "fa": "0 بازگشت   R تازه‌سازی   پیکان‌ها برای پیمایش", "zh": "0 返回   R 更新   方向鍵捲動"},
    "keys_choose": {"en": "0 back   arrows choose   Enter goes on", "ar": "0 رجوع   الأسهم للاختيار   Enter للمتابعة", "fa": "0 بازگشت   پیکان‌ها انتخاب   Enter ادامه", "zh": "0 返回   方向鍵選擇   Enter 繼續"},
    "keys_qr": {"en": "0 back   Q shows a QR code", "ar": "0 رجوع   Q لعرض رمز QR", "fa": "0 بازگشت   Q نمایش رمز QR", "zh": "0 返回   Q 顯示 QR 碼"},
    "keys_typing": {"en": "Esc back   type, then Enter", "ar": "Esc رجوع   اكتب ثم Enter", "fa": "Esc بازگشت   بنویسید، سپس Enter", "zh": "Esc 返回   輸入後按 Enter"},
    "keys_enter": {"en": "0 back   Enter goes on", "ar": "0 رجوع   Enter للمتابعة", "fa": "0 بازگشت   Enter ادامه", "zh": "0 返回   Enter 繼續"},
    "any_key": {"en": "Any key goes back", "ar": "أي مفتاح للرجوع", "fa": "هر کلید برای بازگشت", "zh": "按任意鍵返回"},
    "asking": {"en": "One moment ...", "ar": "لحظة ...", "fa": "یک لحظه ...", "zh": "請稍候 ..."},
    "more": {"en": "more below", "ar": "المزيد أدناه", "fa": "ادامه در پایین", "zh": "下方還有"},
    "above": {"en": "more above", "ar": "المزيد أعلاه", "fa": "ادامه در بالا", "zh": "上方還有"},
    # --- start
    "web_at": {"en": "Web admin", "ar": "إدارة الويب", "fa": "مدیریت وب", "zh": "管理網頁"},
    "no_address": {"en": "no address: is the network cable in?", "ar": "لا عنوان: هل كبل الشبكة موصول؟", "fa": "نشانی ندارد: کابل شبکه وصل است؟", "zh": "沒有位址：網路線接上了嗎？"},
    "fresh": {"en": "Nobody administers this box yet. Choose a language, then 2.", "ar": "لا مسؤول لهذا الجهاز بعد. اختر لغة ثم 2.", "fa": "این دستگاه هنوز مدیری ندارد. زبانی برگزینید، سپس 2.", "zh": "本機尚無管理員。請選擇語言，然後按 2。"},
    "english_only": {"en": "This screen can show English only. The web, and a serial terminal, have all four languages.", "ar": "تعرض هذه الشاشة الإنجليزية فقط. اللغات الأربع في الويب وعلى الطرفية التسلسلية.", "fa": "این صفحه تنها انگلیسی را نشان می‌دهد. هر چهار زبان در وب و پایانهٔ سریال هست.", "zh": "此螢幕只能顯示英文。網頁與序列終端機有四種語言。"},
    "utf8_needed": {"en": "Languages 2-4 need a terminal with UTF-8.", "ar": "اللغات 2-4 تحتاج إلى طرفية UTF-8.", "fa": "زبان‌های 2-4 به پایانهٔ UTF-8 نیاز دارند.", "zh": "語言 2-4 需要支援 UTF-8 的終端機。"},
    # --- network
    "cable_in": {"en": "cable in", "ar": "الكبل موصول", "fa": "کابل وصل است", "zh": "網路線已接上"},
    "cable_out": {"en": "no cable", "ar": "لا كبل", "fa": "بی‌کابل", "zh": "未接網路線"},
    "none_yet": {"en": "no address", "ar": "لا عنوان", "fa": "بی‌نشانی", "zh": "沒有位址"},
    "gateway": {"en": "Gateway", "ar": "البوابة", "fa": "دروازه", "zh": "閘道"},
    "resolver": {"en": "Name server", "ar": "خادم الأسماء", "fa": "کارساز نام", "zh": "名稱伺服器"},
    "no_links": {"en": "No network interface was found.", "ar": "لم توجد واجهة شبكة.", "fa": "هیچ واسط شبکه‌ای پیدا نشد.", "zh": "找不到網路介面。"},
    "network_unknown": {"en": "The network service does not answer.", "ar": "خدمة الشبكة لا تستجيب.", "fa": "سرویس شبکه پاسخ نمی‌دهد.", "zh": "網路服務沒有回應。"},
    # --- signing in
    "first_open": {"en": "Open this address in a browser on the same network:", "ar": "افتح هذا العنوان في متصفح على الشبكة نفسها:", "fa": "این نشانی را در مرورگری در همین شبکه باز کنید:", "zh": "請在同一網路的瀏覽器開啟此位址："},
    "first_code": {"en": "and enter this code, good for 24 hours:", "ar": "وأدخل هذا الرمز، وهو صالح لمدة 24 ساعة:", "fa": "و این رمز را که 24 ساعت معتبر است وارد کنید:", "zh": "並輸入此代碼（24 小時內有效）："},
    "first_new": {"en": "Each look at this page makes a new code; earlier ones are good no more.", "ar": "كل عرض لهذه الصفحة ينشئ رمزًا جديدًا ويلغي ما قبله.", "fa": "هر بار دیدن این صفحه رمز تازه‌ای می‌سازد؛ رمزهای پیشین دیگر معتبر نیستند.", "zh": "每次查看此頁都會產生新代碼，舊代碼即失效。"},
    "link_for": {"en": "A link that signs somebody in once, for whom?", "ar": "رابط دخول لمرة واحدة، لمن؟", "fa": "پیوند ورود یک‌باره، برای چه کسی؟", "zh": "一次性登入連結，給誰？"},
    "link_audit": {"en": "The audit log will say that it was made here.", "ar": "سيذكر سجل التدقيق أنه أُنشئ هنا.", "fa": "گزارش بازبینی خواهد گفت که اینجا ساخته شد.", "zh": "稽核記錄會註明在此產生。"},
    "link_good": {"en": "For {name}, once, within 15 minutes. Q shows it as a QR code.", "ar": "لـ {name}، مرة واحدة خلال 15 دقيقة. Q يعرضه رمز QR.", "fa": "برای {name}، یک بار در 15 دقیقه. Q آن را رمز QR نشان می‌دهد.", "zh": "給 {name}，15 分鐘內一次有效。Q 顯示 QR 碼。"},
    "no_accounts": {"en": "No account can sign in.", "ar": "لا حساب يستطيع الدخول.", "fa": "هیچ حسابی نمی‌تواند وارد شود.", "zh": "沒有可登入的帳號。"},
    "qr_too_large": {"en": "The code does not fit this screen. Set the terminal to UTF-8, then press U on the first page.", "ar": "لا يتسع الرمز لهذه الشاشة. اضبط الطرفية على UTF-8 ثم اضغط U في الصفحة الأولى.", "fa": "رمز در این صفحه جا نمی‌شود. پایانه را روی UTF-8 بگذارید و در صفحهٔ نخست U را بزنید.", "zh": "此螢幕容不下 QR 碼。請將終端機設為 UTF-8，再於首頁按 U。"},
    # --- status
    "name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "version": {"en": "Version", "ar": "الإصدار", "fa": "نسخهٔ نرم‌افزار", "zh": "版本"},
    "uptime": {"en": "Up for", "ar": "مدة التشغيل", "fa": "مدت کار", "zh": "運行時間"},
    "load": {"en": "Load", "ar": "الحمل", "fa": "بار", "zh": "負載"},
    "memory": {"en": "Memory free", "ar": "الذاكرة الحرة", "fa": "حافظهٔ آزاد", "zh": "可用記憶體"},
    "disk": {"en": "Disk free", "ar": "القرص الحر", "fa": "دیسک آزاد", "zh": "磁碟可用"},
    "revision": {"en": "Revision", "ar": "المراجعة", "fa": "نسخه", "zh": "修訂版"},
    "phones": {"en": "Extensions registered", "ar": "التحويلات المسجلة", "fa": "داخلی‌های ثبت‌شده", "zh": "已註冊分機"},
    "running_calls": {"en": "Calls now", "ar": "المكالمات الآن", "fa": "تماس‌های اکنون", "zh": "目前通話"},
    "asterisk_away": {"en": "Asterisk does not answer: no calls can be made.", "ar": "Asterisk لا يستجيب: لا يمكن إجراء مكالمات.", "fa": "Asterisk پاسخ نمی‌دهد: تماسی ممکن نیست.", "zh": "Asterisk 沒有回應，無法通話。"},
    "not_applicable": {"en": "not on this machine", "ar": "ليس لهذا الجهاز", "fa": "نه برای این دستگاه", "zh": "本機不適用"},
    "services": {"en": "Services", "ar": "الخدمات", "fa": "سرویس‌ها", "zh": "服務"},
    # --- lines
    "no_cards": {"en": "No telephony card and no span was found.", "ar": "لم توجد بطاقة هاتف ولا امتداد.", "fa": "هیچ کارت تلفن و اسپنی پیدا نشد.", "zh": "找不到電話介面卡或線路。"},
    "away": {"en": "away", "ar": "غائبة", "fa": "نیست", "zh": "不在"},
    "good": {"en": "good", "ar": "سليم", "fa": "سالم", "zh": "正常"},
    "alarm": {"en": "ALARM", "ar": "إنذار", "fa": "هشدار", "zh": "警報"},
    "in_use": {"en": "{used} of {all} in use", "ar": "{used} من {all} مستخدمة", "fa": "{used} از {all} در کار", "zh": "{all} 路中使用 {used} 路"},
    # --- calls
    "no_calls": {"en": "No call is up.", "ar": "لا مكالمة جارية.", "fa": "تماسی برقرار نیست.", "zh": "目前沒有通話。"},
    "n_calls": {"en": "Calls: {count}", "ar": "المكالمات: {count}", "fa": "تماس‌ها: {count}", "zh": "通話：{count}"},
    "dialling": {"en": "dialling", "ar": "يطلب", "fa": "شماره‌گیری", "zh": "撥號中"},
    "ringing": {"en": "ringing", "ar": "يرن", "fa": "زنگ", "zh": "響鈴中"},
    "talking": {"en": "talking", "ar": "يتحدث", "fa": "گفت‌وگو", "zh": "通話中"},
    "held": {"en": "on hold", "ar": "معلّقة", "fa": "در انتظار", "zh": "保留中"},
    "service": {"en": "service", "ar": "خدمة", "fa": "سرویس", "zh": "服務"},
    # --- log
    "no_warnings": {"en": "No warnings.", "ar": "لا تحذيرات.", "fa": "هشداری نیست.", "zh": "沒有警告。"},
    # --- revisions
    "awaits": {"en": "A change awaits confirmation until {until}. C keeps it.", "ar": "تغيير بانتظار التأكيد حتى {until}. C يُبقيه.", "fa": "تغییری تا {until} در انتظار تأیید است. C نگه می‌دارد.", "zh": "有更改待確認至 {until}。按 C 保留。"},
    "undraft": {"en": "The draft has edits that are not applied.", "ar": "في المسودة تعديلات لم تُطبَّق.", "fa": "پیش‌نویس ویرایش‌های اعمال‌نشده دارد.", "zh": "草稿有尚未套用的編輯。"},
    "runs": {"en": "runs", "ar": "تعمل", "fa": "در کار", "zh": "運行中"},
    "staged": {"en": "staged", "ar": "مُعدّة", "fa": "آماده", "zh": "已備妥"},
    "awaiting": {"en": "awaiting", "ar": "بانتظار التأكيد", "fa": "در انتظار تأیید", "zh": "待確認"},
    "confirmed": {"en": "confirmed", "ar": "مؤكدة", "fa": "تأییدشده", "zh": "已確認"},
    "rejected": {"en": "rejected", "ar": "مرفوضة", "fa": "ردشده", "zh": "被拒絕"},
    "undone": {"en": "undone", "ar": "مُتراجع عنها", "fa": "برگردانده", "zh": "已復原"},
    "back_to": {"en": "The telephones will work as in revision {revision}, from now on. Calls go on.", "ar": "ستعمل الهواتف كما في المراجعة {revision} من الآن. تستمر المكالمات.", "fa": "تلفن‌ها از اکنون مانند نسخهٔ {revision} کار می‌کنند. تماس‌ها ادامه می‌یابند.", "zh": "電話將立即依修訂版 {revision} 運作，通話不中斷。"},
    "type_number": {"en": "To do so, type the number {revision} and press Enter:", "ar": "للتنفيذ اكتب الرقم {revision} واضغط Enter:", "fa": "برای انجام، عدد {revision} را بنویسید و Enter را بزنید:", "zh": "確定請輸入號碼 {revision} 再按 Enter："},
    "is_back": {"en": "Done: revision {revision} runs ({state}).", "ar": "تم: تعمل المراجعة {revision} ({state}).", "fa": "انجام شد: نسخهٔ {revision} در کار است ({state}).", "zh": "完成：運行修訂版 {revision}（{state}）。"},
    "not_taken": {"en": "Asterisk did not take revision {revision} ({state}); what ran before runs on.", "ar": "لم يقبل Asterisk المراجعة {revision} ({state})؛ يستمر ما كان يعمل.", "fa": "Asterisk نسخهٔ {revision} را نپذیرفت ({state})؛ آنچه بود ادامه دارد.", "zh": "Asterisk 未接受修訂版 {revision}（{state}），維持原狀。"},
    "runs_already": {"en": "That revision runs already.", "ar": "تلك المراجعة تعمل بالفعل.", "fa": "همان نسخه هم‌اکنون در کار است.", "zh": "該修訂版已在運行。"},
    "nothing_yet": {"en": "Nothing was applied yet.", "ar": "لم يُطبَّق شيء بعد.", "fa": "هنوز چیزی اعمال نشده است.", "zh": "尚未套用任何更改。"},
    # --- time
    "now": {"en": "Now", "ar": "الآن", "fa": "اکنون", "zh": "現在"},
    "zone": {"en": "Time zone", "ar": "المنطقة الزمنية", "fa": "منطقهٔ زمانی", "zh": "時區"},
    "utc": {"en": "UTC", "ar": "التوقيت العالمي", "fa": "ساعت جهانی", "zh": "世界標準時間"},
    "time_service": {"en": "Time service", "ar": "خدمة الوقت", "fa": "سرویس زمان", "zh": "對時服務"},
    "zone_where": {"en": "Name, country and time zone of the box are changed in the web.", "ar": "يُغيَّر اسم الجهاز وبلده ومنطقته الزمنية في الويب.", "fa": "نام، کشور و منطقهٔ زمانی دستگاه در وب تغییر می‌کند.", "zh": "名稱、國家與時區請在網頁更改。"},
    # --- support bundle
    "bundle_what": {"en": "One file with status, versions, settings, log and hardware of this box.", "ar": "ملف واحد بحالة الجهاز وإصداراته وإعداداته وسجله وعتاده.", "fa": "یک پرونده با وضعیت، نسخه‌ها، تنظیم‌ها، گزارش و سخت‌افزار دستگاه.", "zh": "單一檔案，含本機狀態、版本、設定、日誌與硬體。"},
    "bundle_not": {"en": "Without passwords, PINs, keys, accounts, call history and recordings.", "ar": "دون كلمات المرور والأرقام السرية والمفاتيح والحسابات وسجل المكالمات والتسجيلات.", "fa": "بدون گذرواژه، PIN، کلید، حساب، تاریخچهٔ تماس و ضبط‌ها.", "zh": "不含密碼、PIN、金鑰、帳號、通話記錄與錄音。"},
    "bundle_go": {"en": "Enter writes it.", "ar": "Enter يكتبه.", "fa": "Enter آن را می‌نویسد.", "zh": "按 Enter 寫入。"},
    "bundle_done": {"en": "Written ({kb} kB):", "ar": "كُتب ({kb} ك.ب):", "fa": "نوشته شد ({kb} کیلوبایت):", "zh": "已寫入（{kb} kB）："},
    "bundle_fetch": {"en": "Fetch it as root: loopstart support-bundle --output FILE, or copy this file.", "ar": "احصل عليه بصفة root: loopstart support-bundle --output FILE أو انسخ هذا الملف.", "fa": "با root بگیرید: loopstart support-bundle --output FILE یا از این پرونده رونوشت بردارید.", "zh": "以 root 取得：loopstart support-bundle --output FILE，或複製此檔。"},
}  # fmt: skip

RIGHT_TO_LEFT = frozenset({"ar", "fa"})
_ISOLATE, _POP = "\u2068", "\u2069"  # UAX 9: a value keeps its own direction inside right-to-left text


def say(key: str, language: str, params: Mapping[str, object] | None = None) -> str:
    """A text in a language, its values set apart in right-to-left text."""
    text = WORDS[key][language]
    values = {name: isolated(str(value), language) for name, value in (params or {}).items()}
    return text.format_map(values) if values else text


def isolated(text: str, language: str) -> str:
    """A value inside a line of a language."""
    return f"{_ISOLATE}{text}{_POP}" if language in RIGHT_TO_LEFT and text else text
