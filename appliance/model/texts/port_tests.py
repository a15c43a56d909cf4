# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What tests of ports found, why one cannot be made, and what they are called."""

from __future__ import annotations

from appliance.model.texts.hardware import LABELS as HARDWARE

_ALARMS = (
    "red", "yellow", "blue", "loopback", "recovering", "not_open", "loss_of_signal", "loss_of_frame",
    "loss_of_multiframe",
)  # fmt: skip
_ALARM = {"en": "Alarm: {}.", "ar": "إنذار: {}.", "fa": "هشدار: {}.", "zh": "警報：{}。"}

TEXTS: dict[str, dict[str, str]] = {
    **{
        f"test_alarm_{alarm}": {
            language: sentence.format(HARDWARE[f"alarm_{alarm}"][language]) for language, sentence in _ALARM.items()
        }
        for alarm in _ALARMS
    },
    # --- state
    "test_no_alarm": {"en": "No alarm.", "ar": "لا إنذار.", "fa": "هشداری نیست.", "zh": "沒有警報。"},
    "test_d_channel_up": {
        "en": "No alarm, and the D-channel is up.",
        "ar": "لا إنذار، وقناة D تعمل.",
        "fa": "هشداری نیست و کانال D برقرار است.",
        "zh": "沒有警報，D 通道正常。",
    },
    "test_d_channel_down": {
        "en": "The line is there, but its D-channel is down: nobody signals at the other end. See whether the line is switched on, and whether both ends agree on who is the network.",
        "ar": "الخط موجود، لكن قناة D متوقفة: لا إشارات من الطرف الآخر. تأكد من تفعيل الخط ومن اتفاق الطرفين على جانب الشبكة.",
        "fa": "خط هست، اما کانال D قطع است: از طرف دیگر سیگنالی نمی‌آید. ببینید خط فعال است و دو طرف دربارهٔ سمت شبکه هم‌رأی‌اند.",
        "zh": "線路存在，但 D 通道中斷：對端沒有信令。請確認線路已開通，且兩端對網路側的設定一致。",
    },
    "test_no_battery": {
        "en": "No line voltage: no line is plugged in, or it is dead.",
        "ar": "لا جهد على الخط: لا خط موصول أو أنه معطّل.",
        "fa": "خط برق ندارد: خطی وصل نیست یا از کار افتاده است.",
        "zh": "沒有線路電壓：未插上線路，或線路已斷。",
    },
    # --- voltage
    "test_voltage_untold": {
        "en": "The driver of this card does not tell the voltage.",
        "ar": "برنامج تشغيل هذه البطاقة لا يخبر بالجهد.",
        "fa": "راه‌انداز این کارت ولتاژ را نمی‌گوید.",
        "zh": "此卡的驅動程式不提供電壓。",
    },
    "test_feeds": {
        "en": "The port feeds the telephone with {volts} V.",
        "ar": "يغذي المنفذ الهاتف بجهد {volts} فولت.",
        "fa": "درگاه به تلفن {volts} ولت می‌دهد.",
        "zh": "此埠供給話機 {volts} 伏特。",
    },
    "test_feeds_not": {
        "en": "The port feeds the telephone with {volts} V only: its power supply is missing or broken, the wires touch, or the handset is off.",
        "ar": "يغذي المنفذ الهاتف بجهد {volts} فولت فقط: مصدر الطاقة غائب أو معطّل، أو السلكان متلامسان، أو السماعة مرفوعة.",
        "fa": "درگاه به تلفن تنها {volts} ولت می‌دهد: منبع تغذیه نیست یا خراب است، سیم‌ها به هم خورده، یا گوشی برداشته است.",
        "zh": "此埠僅供給話機 {volts} 伏特：電源未接或故障、線路短路，或話筒未掛好。",
    },
    "test_fed": {
        "en": "The line brings {volts} V.",
        "ar": "جهد الخط {volts} فولت.",
        "fa": "خط {volts} ولت دارد.",
        "zh": "線路電壓為 {volts} 伏特。",
    },
    "test_fed_not": {
        "en": "The line brings {volts} V only: no line is plugged in, it is dead, or another telephone on it is off the hook.",
        "ar": "جهد الخط {volts} فولت فقط: لا خط موصول، أو أنه معطّل، أو سماعة هاتف آخر عليه مرفوعة.",
        "fa": "خط تنها {volts} ولت دارد: خطی وصل نیست، از کار افتاده، یا گوشی تلفن دیگری روی آن برداشته است.",
        "zh": "線路電壓僅 {volts} 伏特：未插上線路、線路已斷，或同線的另一話機未掛好。",
    },
    # --- ring
    "test_ring_answered": {
        "en": "The telephone rang and was answered after {seconds} s.",
        "ar": "رنّ الهاتف وأُجيب بعد {seconds} ث.",
        "fa": "تلفن زنگ خورد و پس از {seconds} ثانیه پاسخ داده شد.",
        "zh": "話機響鈴，{seconds} 秒後接聽。",
    },
    "test_rang": {
        "en": "The port sent ringing for {seconds} s and nobody answered. Whether the telephone rang, only somebody beside it can say.",
        "ar": "أرسل المنفذ الرنين {seconds} ث ولم يُجب أحد. ولا يعرف إن رنّ الهاتف إلا من هو بجانبه.",
        "fa": "درگاه {seconds} ثانیه زنگ فرستاد و کسی پاسخ نداد. اینکه تلفن زنگ خورد را تنها کسی که کنار آن است می‌داند.",
        "zh": "此埠送出響鈴 {seconds} 秒，無人接聽。話機是否響鈴，只有在旁的人知道。",
    },
    "test_ring_busy": {
        "en": "The telephone is off the hook.",
        "ar": "سماعة الهاتف مرفوعة.",
        "fa": "گوشی تلفن برداشته است.",
        "zh": "話筒未掛好。",
    },
    "test_ring_refused": {
        "en": "The port could not be rung (cause {cause}). See its alarms.",
        "ar": "تعذر إرسال الرنين إلى المنفذ (السبب {cause}). راجع إنذاراته.",
        "fa": "به درگاه زنگ فرستاده نشد (علت {cause}). هشدارهایش را ببینید.",
        "zh": "無法對此埠送出響鈴（原因碼 {cause}）。請查看其警報。",
    },
    # --- dial tone
    "test_dial_tone": {
        "en": "Dial tone heard, {level} dBm0.",
        "ar": "سُمعت نغمة الاتصال، {level} dBm0.",
        "fa": "بوق آزاد شنیده شد، {level} dBm0.",
        "zh": "聽到撥號音，{level} dBm0。",
    },
    "test_dial_broken": {
        "en": "Dial tone heard with breaks, {level} dBm0: messages wait at the telephone company, or a service is switched on.",
        "ar": "سُمعت نغمة الاتصال متقطعة، {level} dBm0: رسائل تنتظر لدى شركة الهاتف أو خدمة مفعّلة.",
        "fa": "بوق آزاد بریده شنیده شد، {level} dBm0: نزد شرکت تلفن پیامی هست یا سرویسی روشن است.",
        "zh": "聽到斷續的撥號音，{level} dBm0：電信公司有留言，或已啟用某項服務。",
    },
    "test_dial_faint": {
        "en": "Dial tone heard, but very faint: {level} dBm0. See the wiring, and whether the country of the box is right.",
        "ar": "سُمعت نغمة الاتصال لكنها خافتة جدًا: {level} dBm0. تحقق من الأسلاك ومن بلد الجهاز.",
        "fa": "بوق آزاد شنیده شد اما بسیار ضعیف: {level} dBm0. سیم‌کشی و کشور دستگاه را ببینید.",
        "zh": "聽到撥號音，但非常微弱：{level} dBm0。請檢查接線及本機的國別設定。",
    },
    "test_dial_silence": {
        "en": "Silence ({level} dBm0) instead of a dial tone: the line is dead, or not switched on by the telephone company.",
        "ar": "صمت ({level} dBm0) بدل نغمة الاتصال: الخط معطّل أو لم تفعّله شركة الهاتف.",
        "fa": "به جای بوق آزاد سکوت است ({level} dBm0): خط از کار افتاده یا شرکت تلفن آن را فعال نکرده است.",
        "zh": "沒有撥號音，只有靜音（{level} dBm0）：線路不通，或電信公司尚未開通。",
    },
    "test_dial_other": {
        "en": "Another tone than the country's dial tone: {tone} Hz at {level} dBm0. See whether the country of the box is right.",
        "ar": "نغمة غير نغمة الاتصال في البلد: {tone} هرتز بمستوى {level} dBm0. تحقق من بلد الجهاز.",
        "fa": "آوایی جز بوق آزاد کشور: {tone} هرتز با {level} dBm0. ببینید کشور دستگاه درست است.",
        "zh": "聽到的不是該國的撥號音：{tone} Hz，{level} dBm0。請確認本機的國別設定。",
    },
    "test_dial_noise": {
        "en": "Noise or speech ({level} dBm0) instead of a dial tone.",
        "ar": "ضجيج أو كلام ({level} dBm0) بدل نغمة الاتصال.",
        "fa": "به جای بوق آزاد، نویز یا گفتار ({level} dBm0).",
        "zh": "沒有撥號音，而是雜音或語音（{level} dBm0）。",
    },
    "test_not_seized": {
        "en": "The line could not be seized (cause {cause}): no line is plugged in, or it is in use.",
        "ar": "تعذر حجز الخط (السبب {cause}): لا خط موصول أو أنه مستخدم.",
        "fa": "خط گرفته نشد (علت {cause}): خطی وصل نیست یا در حال استفاده است.",
        "zh": "無法佔用線路（原因碼 {cause}）：未插上線路，或線路使用中。",
    },
    # --- echo
    "test_echo": {
        "en": "A tone of {sent} dBm0 came back at {back} dBm0: {loss} dB less, which echo cancellers can do with.",
        "ar": "عادت نغمة بمستوى {sent} dBm0 عند {back} dBm0: أقل بمقدار {loss} dB، وهذا يكفي مانعات الصدى.",
        "fa": "آوایی با {sent} dBm0 با {back} dBm0 برگشت: {loss} dB کمتر، که برای حذف پژواک بس است.",
        "zh": "送出 {sent} dBm0 的音調，返回 {back} dBm0：衰減 {loss} dB，足供回音消除器使用。",
    },
    "test_echo_strong": {
        "en": "A tone of {sent} dBm0 came back at {back} dBm0: only {loss} dB less, too much for echo cancellers. See the wiring, and whether the country of the box is right.",
        "ar": "عادت نغمة بمستوى {sent} dBm0 عند {back} dBm0: أقل بمقدار {loss} dB فقط، وهذا أقوى مما تحتمله مانعات الصدى. تحقق من الأسلاك ومن بلد الجهاز.",
        "fa": "آوایی با {sent} dBm0 با {back} dBm0 برگشت: تنها {loss} dB کمتر، بیش از توان حذف پژواک. سیم‌کشی و کشور دستگاه را ببینید.",
        "zh": "送出 {sent} dBm0 的音調，返回 {back} dBm0：僅衰減 {loss} dB，超出回音消除器的能力。請檢查接線及本機的國別設定。",
    },
    # --- calls
    "test_came_back": {
        "en": "The call came in after {seconds} s on {channel}, for {called} from {caller}, and ended with it.",
        "ar": "وصلت المكالمة بعد {seconds} ث على {channel}، إلى {called} من {caller}، وانتهت معها.",
        "fa": "تماس پس از {seconds} ثانیه روی {channel} برای {called} از {caller} رسید و با آن پایان یافت.",
        "zh": "通話於 {seconds} 秒後由 {channel} 進入，被叫 {called}，主叫 {caller}，並隨之結束。",
    },
    "test_back_stays": {
        "en": "A call came in after {seconds} s on {channel}, for {called} from {caller}, but did not end when the test hung up: it was somebody else's, or the line does not tell that a caller has hung up.",
        "ar": "وصلت مكالمة بعد {seconds} ث على {channel}، إلى {called} من {caller}، لكنها لم تنتهِ عند إنهاء الاختبار: إما أنها لغيره أو أن الخط لا يخبر بإنهاء المتصل.",
        "fa": "تماسی پس از {seconds} ثانیه روی {channel} برای {called} از {caller} رسید اما با پایان آزمون قطع نشد: از آنِ کس دیگری بود یا خط قطع تماس‌گیرنده را نمی‌گوید.",
        "zh": "{seconds} 秒後有通話由 {channel} 進入，被叫 {called}，主叫 {caller}，但測試掛斷後未結束：可能是他人來電，或線路不提供掛斷信號。",
    },
    "test_not_back": {
        "en": "The call went out, but did not come in within {seconds} s.",
        "ar": "خرجت المكالمة لكنها لم تصل خلال {seconds} ث.",
        "fa": "تماس بیرون رفت اما در {seconds} ثانیه بازنگشت.",
        "zh": "已撥出，但 {seconds} 秒內沒有來電進入。",
    },
    "test_call_busy": {
        "en": "Busy: a single line cannot call itself; otherwise every line of this number is in use.",
        "ar": "مشغول: الخط الواحد لا يتصل بنفسه؛ وإلا فكل خطوط هذا الرقم مستخدمة.",
        "fa": "اشغال: یک خط تنها نمی‌تواند به خودش زنگ بزند؛ وگرنه همهٔ خط‌های این شماره در حال استفاده است.",
        "zh": "忙線：單一線路無法撥打自己；否則此號碼的所有線路都在使用中。",
    },
    "test_call_refused": {
        "en": "The call was refused or nobody answered (cause {cause}).",
        "ar": "رُفضت المكالمة أو لم يُجب أحد (السبب {cause}).",
        "fa": "تماس رد شد یا کسی پاسخ نداد (علت {cause}).",
        "zh": "通話被拒或無人接聽（原因碼 {cause}）。",
    },
    # --- level
    "test_level": {
        "en": "The test tone arrives at {level} dBm0.",
        "ar": "تصل نغمة الاختبار بمستوى {level} dBm0.",
        "fa": "آوای آزمون با {level} dBm0 می‌رسد.",
        "zh": "測試音以 {level} dBm0 到達。",
    },
    "test_level_off": {
        "en": "The test tone arrives at {level} dBm0, outside of {least} to {most}.",
        "ar": "تصل نغمة الاختبار بمستوى {level} dBm0، خارج المدى من {least} إلى {most}.",
        "fa": "آوای آزمون با {level} dBm0 می‌رسد، بیرون از {least} تا {most}.",
        "zh": "測試音以 {level} dBm0 到達，超出 {least} 至 {most} 的範圍。",
    },
    "test_level_silence": {
        "en": "The number answered and sent silence ({level} dBm0).",
        "ar": "أجاب الرقم وأرسل صمتًا ({level} dBm0).",
        "fa": "شماره پاسخ داد و سکوت فرستاد ({level} dBm0).",
        "zh": "該號碼已接聽，但送出靜音（{level} dBm0）。",
    },
    "test_level_none": {
        "en": "The number answered, but sends no test tone ({level} dBm0, frequencies: {tone}).",
        "ar": "أجاب الرقم لكنه لا يرسل نغمة اختبار ({level} dBm0، الترددات: {tone}).",
        "fa": "شماره پاسخ داد اما آوای آزمون نمی‌فرستد ({level} dBm0، بسامدها: {tone}).",
        "zh": "該號碼已接聽，但未送出測試音（{level} dBm0，頻率：{tone}）。",
    },
    # --- loop
    "test_loop_clean": {
        "en": "The pattern came back without an error in {bits} bits.",
        "ar": "عاد النمط دون خطأ في {bits} بت.",
        "fa": "الگو بی‌خطا در {bits} بیت برگشت.",
        "zh": "測試碼型返回，{bits} 位元無錯誤。",
    },
    "test_loop_errors": {
        "en": "The pattern came back with {errors} errors in {bits} bits ({rate}). See the wiring and the clock.",
        "ar": "عاد النمط مع {errors} خطأ في {bits} بت ({rate}). تحقق من الأسلاك والتوقيت.",
        "fa": "الگو با {errors} خطا در {bits} بیت برگشت ({rate}). سیم‌کشی و زمان‌بندی را ببینید.",
        "zh": "測試碼型返回，{bits} 位元中有 {errors} 個錯誤（{rate}）。請檢查接線與時脈。",
    },
    "test_loop_nothing": {
        "en": "The pattern did not come back: there is no loop, or the line is broken.",
        "ar": "لم يعد النمط: لا حلقة موصولة أو أن الخط مقطوع.",
        "fa": "الگو برنگشت: حلقه‌ای نیست یا خط بریده است.",
        "zh": "測試碼型未返回：沒有迴路，或線路中斷。",
    },
    # --- tests without a result
    "test_running_now": {"en": "The test runs.", "ar": "الاختبار جارٍ.", "fa": "آزمون در جریان است.", "zh": "測試進行中。"},
    "test_interrupted": {
        "en": "The test was interrupted by a restart.",
        "ar": "انقطع الاختبار بإعادة تشغيل.",
        "fa": "آزمون با راه‌اندازی دوباره بریده شد.",
        "zh": "測試因重新啟動而中斷。",
    },
    "test_asterisk_lost": {
        "en": "Asterisk went away during the test. Try again.",
        "ar": "غاب Asterisk أثناء الاختبار. أعد المحاولة.",
        "fa": "Asterisk در میانهٔ آزمون از دست رفت. دوباره بکوشید.",
        "zh": "測試期間 Asterisk 中斷。請再試一次。",
    },
    "test_broken": {
        "en": "The test broke off; the log of the box says why.",
        "ar": "انقطع الاختبار؛ والسبب في سجل الجهاز.",
        "fa": "آزمون ناتمام ماند؛ علت در گزارش دستگاه است.",
        "zh": "測試中止；原因請見本機日誌。",
    },
    # --- refusals
    "test_running": {
        "en": "Port {port} of {span} is being tested; one test at a time.",
        "ar": "المنفذ {port} من {span} قيد الاختبار؛ اختبار واحد في كل مرة.",
        "fa": "درگاه {port} از {span} در حال آزمون است؛ هر بار یک آزمون.",
        "zh": "{span} 的第 {port} 埠測試中；一次只能進行一項測試。",
    },
    "test_not_of_port": {
        "en": "The test {kind} is not for ports of {span}. Possible: {kinds}.",
        "ar": "الاختبار {kind} ليس لمنافذ {span}. الممكن: {kinds}.",
        "fa": "آزمون {kind} برای درگاه‌های {span} نیست. ممکن: {kinds}.",
        "zh": "{span} 的埠不適用測試 {kind}。可用：{kinds}。",
    },
    "test_no_port": {
        "en": "{span} has no port {port}, only 1 to {ports}.",
        "ar": "لا منفذ {port} في {span}، بل من 1 إلى {ports} فقط.",
        "fa": "{span} درگاه {port} ندارد، تنها 1 تا {ports}.",
        "zh": "{span} 沒有第 {port} 埠，只有 1 至 {ports}。",
    },
    "test_card_away": {
        "en": "The card of {span} is not in the box.",
        "ar": "بطاقة {span} ليست في الجهاز.",
        "fa": "کارت {span} در دستگاه نیست.",
        "zh": "{span} 的介面卡不在本機中。",
    },
    "test_in_use": {
        "en": "Channel {channel} of {span} has a call ({who}). Test it when it has ended.",
        "ar": "على القناة {channel} من {span} مكالمة ({who}). اختبرها بعد انتهائها.",
        "fa": "روی کانال {channel} از {span} تماسی هست ({who}). پس از پایان آن بیازمایید.",
        "zh": "{span} 的第 {channel} 通道有通話（{who}）。請於通話結束後測試。",
    },
    "test_d_channel_in_use": {
        "en": "An exchange answers on {span} (its D-channel is up), so a pattern would not come back. Put a loop plug in, or have the card turn it round.",
        "ar": "مقسم يجيب على {span} (قناة D تعمل)، فلن يعود النمط. ضع قابس حلقة أو اجعل البطاقة تعيده.",
        "fa": "مرکزی روی {span} پاسخ می‌دهد (کانال D برقرار است)، پس الگو برنمی‌گردد. فیش حلقه بگذارید یا بگویید کارت آن را برگرداند.",
        "zh": "{span} 有交換機回應（D 通道正常），測試碼型不會返回。請插上迴路插頭，或由介面卡迴路。",
    },
    "test_call_back_number": {
        "en": "No number leads to this box. Give the trunk its numbers first.",
        "ar": "لا رقم يؤدي إلى هذا الجهاز. أعطِ الخط الرئيسي أرقامه أولًا.",
        "fa": "هیچ شماره‌ای به این دستگاه نمی‌رسد. نخست شماره‌های ترانک را بنویسید.",
        "zh": "沒有號碼通往本機。請先設定中繼線的號碼。",
    },
    "test_level_number": {
        "en": "Give the number of the telephone company that sends a test tone.",
        "ar": "أدخل رقم شركة الهاتف الذي يرسل نغمة اختبار.",
        "fa": "شمارهٔ شرکت تلفن را که آوای آزمون می‌فرستد بدهید.",
        "zh": "請提供電信公司送出測試音的號碼。",
    },
    "test_emergency_number": {
        "en": "{number} is an emergency number: no test calls it.",
        "ar": "{number} رقم طوارئ: لا يتصل به اختبار.",
        "fa": "{number} شمارهٔ اضطراری است: هیچ آزمونی به آن زنگ نمی‌زند.",
        "zh": "{number} 是緊急號碼，測試不會撥打。",
    },
    "test_not_own_number": {
        "en": "{number} is no number of this box: a call to it would not come in.",
        "ar": "{number} ليس من أرقام هذا الجهاز: لن تعود المكالمة إليه.",
        "fa": "{number} شمارهٔ این دستگاه نیست: تماس با آن بازنمی‌گردد.",
        "zh": "{number} 不是本機的號碼，來電不會進入。",
    },
    "test_loop_not_in_card": {
        "en": "The driver of this card cannot turn the line round. Use a loop plug.",
        "ar": "برنامج تشغيل هذه البطاقة لا يستطيع إعادة الخط. استخدم قابس حلقة.",
        "fa": "راه‌انداز این کارت نمی‌تواند خط را برگرداند. فیش حلقه به کار ببرید.",
        "zh": "此卡的驅動程式無法進行迴路。請使用迴路插頭。",
    },
    "test_channel_held": {
        "en": "The channel could not be had for the test: Asterisk did not give it up, or it is not configured.",
        "ar": "تعذر أخذ القناة للاختبار: لم يتركها Asterisk أو أنها غير مضبوطة.",
        "fa": "کانال برای آزمون به دست نیامد: Asterisk آن را رها نکرد یا تنظیم نشده است.",
        "zh": "無法取得通道進行測試：Asterisk 未釋放，或尚未設定。",
    },
}  # fmt: skip

LABELS: dict[str, dict[str, str]] = {
    "test": {"en": "Test", "ar": "اختبار", "fa": "آزمون", "zh": "測試"},
    "tests": {"en": "Tests of ports", "ar": "اختبارات المنافذ", "fa": "آزمون درگاه‌ها", "zh": "埠測試"},
    "result": {"en": "Result", "ar": "النتيجة", "fa": "نتیجه", "zh": "結果"},
    "found": {"en": "Found", "ar": "ما وُجد", "fa": "یافته", "zh": "發現"},
    "no_ports": {"en": "The running site uses no ports of cards.", "ar": "الإعداد الجاري لا يستخدم منافذ بطاقات.", "fa": "تنظیم جاری درگاهی از کارت‌ها به کار نمی‌برد.", "zh": "運行中的設定未使用介面卡的埠。"},
    "tests_hint": {"en": "One at a time; a port that has a call is left alone.", "ar": "اختبار واحد في كل مرة؛ والمنفذ الذي عليه مكالمة لا يُمس.", "fa": "هر بار یکی؛ به درگاهی که تماس دارد دست زده نمی‌شود.", "zh": "一次一項；有通話的埠不會受影響。"},
    "tests_more": {"en": "Tests with a number or a plug", "ar": "اختبارات برقم أو بقابس", "fa": "آزمون با شماره یا فیش", "zh": "需要號碼或插頭的測試"},
    "port": {"en": "Port", "ar": "المنفذ", "fa": "درگاه", "zh": "埠"},
    "port_away": {"en": "Its card is not in the box.", "ar": "بطاقته ليست في الجهاز.", "fa": "کارتش در دستگاه نیست.", "zh": "其介面卡不在本機中。"},
    "number_to_call": {"en": "Number to call", "ar": "الرقم المطلوب", "fa": "شمارهٔ مقصد", "zh": "撥打號碼"},
    "number_hint": {"en": "Out and in again: a number of this box, usually the first of the trunk. Level: the telephone company's test number.", "ar": "خروج وعودة: رقم من أرقام هذا الجهاز، وعادةً الأول. المستوى: رقم الاختبار لدى شركة الهاتف.", "fa": "بیرون و بازگشت: شماره‌ای از این دستگاه، معمولاً نخستین شمارهٔ ترانک. سطح: شمارهٔ آزمون شرکت تلفن.", "zh": "撥出再撥入：本機的號碼，通常為中繼線的第一個。準位：電信公司的測試號碼。"},
    "loop": {"en": "The pattern turns round", "ar": "يعود النمط", "fa": "الگو برمی‌گردد", "zh": "碼型迴路位置"},
    "loop_plug": {"en": "at a plug in the socket", "ar": "عند قابس في المقبس", "fa": "در فیش داخل درگاه", "zh": "插座上的迴路插頭"},
    "loop_card": {"en": "inside the card", "ar": "داخل البطاقة", "fa": "درون کارت", "zh": "介面卡內部"},
    "test_kind_state": {"en": "Alarms", "ar": "الإنذارات", "fa": "هشدارها", "zh": "警報"},
    "test_kind_voltage": {"en": "Voltage", "ar": "الجهد", "fa": "ولتاژ", "zh": "電壓"},
    "test_kind_ring": {"en": "Ring", "ar": "رنين", "fa": "زنگ", "zh": "響鈴"},
    "test_kind_dial_tone": {"en": "Dial tone", "ar": "نغمة الاتصال", "fa": "بوق آزاد", "zh": "撥號音"},
    "test_kind_echo": {"en": "Echo", "ar": "الصدى", "fa": "پژواک", "zh": "回音"},
    "test_kind_call_back": {"en": "Out and in again", "ar": "خروج وعودة", "fa": "بیرون و بازگشت", "zh": "撥出再撥入"},
    "test_kind_level": {"en": "Level of a test tone", "ar": "مستوى نغمة اختبار", "fa": "سطح آوای آزمون", "zh": "測試音準位"},
    "test_kind_loop": {"en": "Pattern over a loop", "ar": "نمط عبر حلقة", "fa": "الگو روی حلقه", "zh": "迴路碼型"},
    "test_running": {"en": "runs", "ar": "جارٍ", "fa": "در جریان", "zh": "進行中"},
    "test_passed": {"en": "passed", "ar": "ناجح", "fa": "درست", "zh": "通過"},
    "test_failed": {"en": "failed", "ar": "فاشل", "fa": "نادرست", "zh": "未通過"},
    "test_open": {"en": "open", "ar": "غير محسوم", "fa": "نامعلوم", "zh": "未定"},
}  # fmt: skip
"""Names of tests and of how they ended, as a list shows them."""
