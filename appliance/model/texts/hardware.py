# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What profiles of cards have to say: firmware, timing, faults."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    # --- firmware: what works when the file is not on the box
    "firmware_refused": {
        "en": "Without the file {file} this card does not work at all. The file is the maker's and not part of this software; copy it to the box to use the card.",
        "ar": "لا تعمل هذه البطاقة إطلاقًا دون الملف {file}. الملف ملك للشركة المصنّعة وليس جزءًا من هذا البرنامج؛ انسخه إلى الجهاز لاستخدام البطاقة.",
        "fa": "این کارت بدون فایل {file} اصلاً کار نمی‌کند. فایل از آنِ سازنده است و بخشی از این نرم‌افزار نیست؛ برای استفاده از کارت آن را در دستگاه کپی کنید.",
        "zh": "沒有檔案 {file}，此卡完全無法運作。該檔案屬於製造商，不包含在本軟體中；請複製到本機後再使用此卡。",
    },
    "firmware_same_version": {
        "en": "The card works without the file {file} if it already runs the version that the driver asks for; otherwise the driver refuses it.",
        "ar": "تعمل البطاقة دون الملف {file} إذا كانت تشغّل بالفعل الإصدار الذي يطلبه برنامج التشغيل، وإلا فإنه يرفضها.",
        "fa": "اگر کارت از پیش نسخه‌ای را که راه‌انداز می‌خواهد اجرا کند، بدون فایل {file} کار می‌کند؛ وگرنه راه‌انداز آن را نمی‌پذیرد.",
        "zh": "若此卡已執行驅動程式要求的版本，沒有檔案 {file} 也能運作；否則驅動程式會拒絕此卡。",
    },
    "firmware_skipped": {
        "en": "The card works without the file {file}, with the firmware that is on it.",
        "ar": "تعمل البطاقة دون الملف {file} بالبرنامج الثابت الموجود عليها.",
        "fa": "کارت بدون فایل {file} با میان‌افزاری که روی آن است کار می‌کند.",
        "zh": "沒有檔案 {file}，此卡以卡上現有的韌體運作。",
    },
    "firmware_echo": {
        "en": "Without the file {file} the echo canceller of the card stays off; the box cancels echo itself.",
        "ar": "دون الملف {file} يبقى مانع الصدى في البطاقة متوقفًا، ويقوم الجهاز بمنع الصدى بنفسه.",
        "fa": "بدون فایل {file} حذف‌کنندهٔ پژواک کارت خاموش می‌ماند و خود دستگاه پژواک را حذف می‌کند.",
        "zh": "沒有檔案 {file}，卡上的回音消除器不會啟動；由本機自行消除回音。",
    },
    # --- timing
    "timing_line": {
        "en": "Take the clock from the line of the telephone company: timing 1 for its first span, 2 and up for the next, 0 for a span that gives the clock.",
        "ar": "خذ التوقيت من خط شركة الهاتف: التوقيت 1 لأول وصلة منها، و2 فما فوق لما يليها، و0 للوصلة التي تعطي التوقيت.",
        "fa": "زمان‌بندی را از خط شرکت تلفن بگیرید: ۱ برای نخستین اسپن آن، ۲ و بالاتر برای بعدی‌ها و ۰ برای اسپنی که زمان‌بندی می‌دهد.",
        "zh": "時脈取自電信公司的線路：其第一個跨距設為 1，其後依序設為 2 以上，提供時脈的跨距設為 0。",
    },
    "timing_cable": {
        "en": "Several cards of this kind slip against each other unless a timing cable joins them.",
        "ar": "عدة بطاقات من هذا النوع ينزلق توقيتها بعضها عن بعض ما لم يصلها كابل توقيت.",
        "fa": "زمان‌بندی چند کارت از این گونه نسبت به هم می‌لغزد مگر آنکه کابل زمان‌بندی آن‌ها را به هم وصل کند.",
        "zh": "多張同類卡之間會發生時脈滑動，除非以時脈線連接。",
    },
    "timing_analog": {
        "en": "An analog card runs on its own clock. Where there is a digital span, let that one give the clock.",
        "ar": "تعمل البطاقة التماثلية بتوقيتها الخاص. وحيث توجد وصلة رقمية فاجعلها مصدر التوقيت.",
        "fa": "کارت آنالوگ با زمان‌بندی خودش کار می‌کند. اگر اسپن دیجیتال هست، بگذارید همان زمان‌بندی بدهد.",
        "zh": "類比卡使用自己的時脈。若有數位跨距，請讓數位跨距提供時脈。",
    },
    "timing_bri": {
        "en": "A BRI port on the terminal side (TE) takes the clock from the line; one on the network side (NT) gives it and needs timing 0.",
        "ar": "منفذ BRI على جانب الطرفية (TE) يأخذ التوقيت من الخط؛ وعلى جانب الشبكة (NT) يعطيه ويحتاج إلى توقيت 0.",
        "fa": "درگاه BRI در سمت پایانه (TE) زمان‌بندی را از خط می‌گیرد و در سمت شبکه (NT) آن را می‌دهد و باید ۰ باشد.",
        "zh": "終端側（TE）的 BRI 埠從線路取得時脈；網路側（NT）提供時脈，須設為 0。",
    },
    "timing_bri_module": {
        "en": "With a BRI module in it, take the clock from that line; without one the card runs on its own clock.",
        "ar": "إذا كانت فيها وحدة BRI فخذ التوقيت من ذلك الخط، وإلا فالبطاقة تعمل بتوقيتها الخاص.",
        "fa": "اگر ماژول BRI در آن هست زمان‌بندی را از آن خط بگیرید؛ وگرنه کارت با زمان‌بندی خودش کار می‌کند.",
        "zh": "若裝有 BRI 模組，時脈取自該線路；否則此卡使用自己的時脈。",
    },
    "timing_usb": {
        "en": "The unit follows the clock of the box, or gives it when it is the only one with a digital line.",
        "ar": "تتبع الوحدة توقيت الجهاز، أو تعطيه إذا كانت الوحيدة ذات الخط الرقمي.",
        "fa": "این واحد از زمان‌بندی دستگاه پیروی می‌کند، یا اگر تنها واحد دارای خط دیجیتال باشد آن را می‌دهد.",
        "zh": "此裝置跟隨本機時脈；若它是唯一有數位線路的裝置，則由它提供時脈。",
    },
    # --- faults and peculiarities
    "fault_t1_default": {
        "en": "The driver takes the line for T1 unless it is told; the box tells it what the country uses.",
        "ar": "يعدّ برنامج التشغيل الخط T1 ما لم يُحدَّد غير ذلك؛ والجهاز يخبره بما يستخدمه البلد.",
        "fa": "راه‌انداز خط را T1 می‌پندارد مگر به آن گفته شود؛ دستگاه آنچه را در کشور به کار می‌رود به آن می‌گوید.",
        "zh": "除非另行指定，驅動程式將線路視為 T1；本機會告知該國所用的類型。",
    },
    "fault_two_modes": {
        "en": "The driver knows two line impedances only, North American and European; levels and echo may be off elsewhere.",
        "ar": "لا يعرف برنامج التشغيل إلا معاوقتين للخط، أمريكية شمالية وأوروبية؛ وقد لا تضبط المستويات والصدى في غيرهما.",
        "fa": "راه‌انداز تنها دو امپدانس خط را می‌شناسد، آمریکای شمالی و اروپا؛ جای دیگر سطح صدا و پژواک شاید درست نباشد.",
        "zh": "驅動程式只支援北美與歐洲兩種線路阻抗；其他地區的音量與回音可能不理想。",
    },
    "fault_hardhdlc": {
        "en": "The D-channel of this card must be configured as hardhdlc; the box does so.",
        "ar": "يجب ضبط قناة D لهذه البطاقة على hardhdlc؛ والجهاز يفعل ذلك.",
        "fa": "کانال D این کارت باید hardhdlc تنظیم شود؛ دستگاه همین کار را می‌کند.",
        "zh": "此卡的 D 通道必須設為 hardhdlc；本機會自動設定。",
    },
    "fault_misdn": {
        "en": "The kernel's mISDN driver claims the same chip; the box keeps it from loading.",
        "ar": "يطالب برنامج التشغيل mISDN في النواة بالشريحة نفسها؛ والجهاز يمنع تحميله.",
        "fa": "راه‌انداز mISDN هستهٔ سیستم‌عامل همین تراشه را می‌گیرد؛ دستگاه از بارگذاری آن جلوگیری می‌کند.",
        "zh": "核心的 mISDN 驅動程式會佔用同一晶片；本機會阻止其載入。",
    },
    "fault_shared_identifier": {
        "en": "Cards of two makers show the same identifier; the driver takes it for this one.",
        "ar": "تُظهر بطاقات من شركتين المعرّف نفسه؛ ويعدّها برنامج التشغيل هذه البطاقة.",
        "fa": "کارت‌های دو سازنده یک شناسه نشان می‌دهند؛ راه‌انداز آن را همین کارت می‌پندارد.",
        "zh": "兩家廠商的卡使用相同識別碼；驅動程式將其視為此卡。",
    },
    "fault_nt_option": {
        "en": "Terminal or network side is a parameter of the module, the same until it is loaded anew.",
        "ar": "جانب الطرفية أو الشبكة مُعامِل للوحدة البرمجية يبقى ثابتًا حتى إعادة تحميلها.",
        "fa": "سمت پایانه یا شبکه پارامتر ماژول است و تا بارگذاری دوباره تغییر نمی‌کند.",
        "zh": "終端側或網路側是模組參數，重新載入前不會改變。",
    },
    "fault_transcoder": {
        "en": "This card converts codecs; it has no sockets for lines.",
        "ar": "هذه البطاقة تحوّل الترميزات وليس بها منافذ للخطوط.",
        "fa": "این کارت کدک‌ها را تبدیل می‌کند و درگاهی برای خط ندارد.",
        "zh": "此卡用於編碼轉換，沒有線路插座。",
    },
    "fault_xpp_opermode": {
        "en": "The country of its line ports is set while the unit starts; unplug and plug it after changing the country of the box.",
        "ar": "يُضبط بلد منافذ الخطوط عند بدء تشغيل الوحدة؛ افصلها وأعد وصلها بعد تغيير بلد الجهاز.",
        "fa": "کشور درگاه‌های خط هنگام راه‌اندازی واحد تنظیم می‌شود؛ پس از تغییر کشور دستگاه آن را جدا و دوباره وصل کنید.",
        "zh": "線路埠的國別於裝置啟動時設定；更改本機國別後，請拔下再插上。",
    },
    "fault_usb_socket": {
        "en": "The box knows this unit by the USB socket it is plugged into; keep it there, or its lines become new ones.",
        "ar": "يعرف الجهاز هذه الوحدة من منفذ USB الموصولة به؛ أبقها فيه وإلا عُدّت خطوطها جديدة.",
        "fa": "دستگاه این واحد را از درگاه USB آن می‌شناسد؛ همان‌جا نگهش دارید، وگرنه خط‌هایش تازه شمرده می‌شوند.",
        "zh": "本機依所插的 USB 插座辨識此裝置；請勿更換插座，否則其線路會被視為新線路。",
    },
    # --- cards without a driver
    "unsupported_wanpipe": {
        "en": "This card needs the maker's own driver (wanpipe), which is not part of this image. It cannot be used.",
        "ar": "تحتاج هذه البطاقة إلى برنامج تشغيل الشركة المصنّعة (wanpipe) وهو ليس جزءًا من هذه الصورة. لا يمكن استخدامها.",
        "fa": "این کارت به راه‌انداز خود سازنده (wanpipe) نیاز دارد که بخشی از این ایمیج نیست. نمی‌توان از آن استفاده کرد.",
        "zh": "此卡需要製造商自有的驅動程式（wanpipe），本映像檔不包含，因此無法使用。",
    },
    "unsupported_vendor_fork": {
        "en": "This card needs the maker's own version of DAHDI, which is not part of this image. It cannot be used.",
        "ar": "تحتاج هذه البطاقة إلى نسخة الشركة المصنّعة من DAHDI وهي ليست جزءًا من هذه الصورة. لا يمكن استخدامها.",
        "fa": "این کارت به نسخهٔ خود سازنده از DAHDI نیاز دارد که بخشی از این ایمیج نیست. نمی‌توان از آن استفاده کرد.",
        "zh": "此卡需要製造商自有的 DAHDI 版本，本映像檔不包含，因此無法使用。",
    },
    "unsupported_firmware": {
        "en": "The unit waits for the maker's firmware, which is not part of this software. Copy the firmware files to the box and plug it in again.",
        "ar": "تنتظر الوحدة البرنامج الثابت من الشركة المصنّعة وهو ليس جزءًا من هذا البرنامج. انسخ ملفاته إلى الجهاز وأعد وصل الوحدة.",
        "fa": "این واحد منتظر میان‌افزار سازنده است که بخشی از این نرم‌افزار نیست. فایل‌های میان‌افزار را در دستگاه کپی کنید و واحد را دوباره وصل کنید.",
        "zh": "此裝置正在等待製造商的韌體，本軟體不包含該韌體。請將韌體檔案複製到本機後重新插上。",
    },
    # --- refusals
    "card_present": {
        "en": "{name} is in the box: its numbers stay. Take it out first if it is not coming back.",
        "ar": "{name} موجودة في الجهاز: تبقى أرقامها. أخرجها أولًا إن كانت لن تعود.",
        "fa": "{name} در دستگاه است: شماره‌هایش می‌ماند. اگر دیگر بازنمی‌گردد نخست بیرونش بیاورید.",
        "zh": "{name} 仍在系統中，其編號保留。若不再使用，請先取出。",
    },
}

LABELS: dict[str, dict[str, str]] = {
    "card_ready": {"en": "ready", "ar": "جاهزة", "fa": "آماده", "zh": "就緒"},
    "card_waiting": {
        "en": "waits for its driver",
        "ar": "تنتظر برنامج تشغيلها",
        "fa": "منتظر راه‌انداز",
        "zh": "等待驅動程式",
    },
    "card_unsupported": {
        "en": "cannot be used",
        "ar": "لا يمكن استخدامها",
        "fa": "قابل استفاده نیست",
        "zh": "無法使用",
    },
    "card_away": {"en": "away", "ar": "غائبة", "fa": "نیست", "zh": "不在"},
    "alarm_red": {"en": "red: no signal", "ar": "أحمر: لا إشارة", "fa": "قرمز: بدون سیگنال", "zh": "紅色：無訊號"},
    "alarm_yellow": {
        "en": "yellow: the far end hears nothing",
        "ar": "أصفر: الطرف البعيد لا يستقبل",
        "fa": "زرد: طرف دیگر چیزی دریافت نمی‌کند",
        "zh": "黃色：對端收不到訊號",
    },
    "alarm_blue": {
        "en": "blue: the far end is not working",
        "ar": "أزرق: الطرف البعيد لا يعمل",
        "fa": "آبی: طرف دیگر کار نمی‌کند",
        "zh": "藍色：對端未運作",
    },
    "alarm_d_channel": {
        "en": "D-channel down: nobody signals at the other end",
        "ar": "قناة D متوقفة: لا إشارات من الطرف الآخر",
        "fa": "کانال D قطع است: از طرف دیگر سیگنالی نمی‌آید",
        "zh": "D 通道中斷：對端沒有信令",
    },
    "alarm_missing": {
        "en": "the span is not there",
        "ar": "الوصلة غير موجودة",
        "fa": "اسپن سر جایش نیست",
        "zh": "跨距不存在",
    },
    "alarm_loopback": {"en": "looped back", "ar": "مرتدّة", "fa": "حلقهٔ برگشتی", "zh": "迴路測試"},
    "alarm_recovering": {"en": "recovering", "ar": "يتعافى", "fa": "در حال بازیابی", "zh": "恢復中"},
    "alarm_not_open": {"en": "not configured", "ar": "غير مضبوطة", "fa": "تنظیم نشده", "zh": "未設定"},
    "alarm_loss_of_signal": {
        "en": "loss of signal",
        "ar": "فقدان الإشارة",
        "fa": "از دست رفتن سیگنال",
        "zh": "訊號遺失",
    },
    "alarm_loss_of_frame": {"en": "loss of frame", "ar": "فقدان الإطار", "fa": "از دست رفتن فریم", "zh": "訊框遺失"},
    "alarm_loss_of_multiframe": {
        "en": "loss of multiframe",
        "ar": "فقدان الإطار المتعدد",
        "fa": "از دست رفتن چندفریم",
        "zh": "複訊框遺失",
    },
    "count_bipolar": {"en": "bipolar violations", "ar": "انتهاكات القطبية", "fa": "نقض دوقطبی", "zh": "雙極性違例"},
    "count_crc4": {"en": "CRC-4 errors", "ar": "أخطاء CRC-4", "fa": "خطاهای CRC-4", "zh": "CRC-4 錯誤"},
    "count_e_bit": {
        "en": "errors seen by the far end",
        "ar": "أخطاء رآها الطرف البعيد",
        "fa": "خطاهایی که طرف دیگر دید",
        "zh": "對端偵測到的錯誤",
    },
    "count_framing": {"en": "framing errors", "ar": "أخطاء التأطير", "fa": "خطاهای فریم‌بندی", "zh": "訊框錯誤"},
    "count_slips": {"en": "clock slips", "ar": "انزلاقات التوقيت", "fa": "لغزش‌های زمان‌بندی", "zh": "時脈滑動"},
    "count_irq_misses": {
        "en": "missed interrupts",
        "ar": "مقاطعات فائتة",
        "fa": "وقفه‌های از دست رفته",
        "zh": "遺漏的中斷",
    },
}
"""States, alarms and counts, as a list shows them."""
