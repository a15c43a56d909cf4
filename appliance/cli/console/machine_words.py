# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""The menu's words for the machine itself: network settings, power, factory reset, installing."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    # --- titles
    "network_edit": {"en": "Network settings", "ar": "إعدادات الشبكة", "fa": "تنظیم‌های شبکه", "zh": "網路設定"},
    "power": {"en": "Restart and power off", "ar": "إعادة التشغيل والإطفاء", "fa": "راه‌اندازی دوباره و خاموشی", "zh": "重新啟動與關機"},
    "power_sure": {"en": "Restart and power off", "ar": "إعادة التشغيل والإطفاء", "fa": "راه‌اندازی دوباره و خاموشی", "zh": "重新啟動與關機"},
    "install": {"en": "Install onto a disk", "ar": "التثبيت على قرص", "fa": "نصب بر دیسک", "zh": "安裝到磁碟"},
    "install_sure": {"en": "Install onto this disk", "ar": "التثبيت على هذا القرص", "fa": "نصب بر این دیسک", "zh": "安裝到此磁碟"},
    "install_run": {"en": "Installing", "ar": "جارٍ التثبيت", "fa": "در حال نصب", "zh": "安裝中"},
    "reset": {"en": "Factory reset", "ar": "إعادة ضبط المصنع", "fa": "بازنشانی کارخانه", "zh": "恢復原廠設定"},
    "reset_sure": {"en": "Factory reset", "ar": "إعادة ضبط المصنع", "fa": "بازنشانی کارخانه", "zh": "恢復原廠設定"},
    # --- key hints
    "keys_network": {"en": "0 back   E change the settings   R refresh", "ar": "0 رجوع   E تغيير الإعدادات   R تحديث", "fa": "0 بازگشت   E تغییر تنظیم‌ها   R تازه‌سازی", "zh": "0 返回   E 更改設定   R 更新"},
    "keys_trial": {"en": "0 back   C keeps them   U goes back to those before", "ar": "0 رجوع   C للإبقاء   U للعودة إلى السابقة", "fa": "0 بازگشت   C نگه می‌دارد   U به پیشین برمی‌گردد", "zh": "0 返回   C 保留   U 恢復先前設定"},
    "keys_form": {"en": "Esc back   arrows   Space chooses   or type", "ar": "Esc رجوع   الأسهم   المسافة للاختيار   أو اكتب", "fa": "Esc بازگشت   پیکان‌ها   فاصله گزینش   یا بنویسید", "zh": "Esc 返回   方向鍵   空白鍵選擇   或輸入"},
    # --- network
    "network_try": {"en": "Enter: try these settings", "ar": "Enter: تجربة هذه الإعدادات", "fa": "Enter: آزمودن این تنظیم‌ها", "zh": "Enter：試用這些設定"},
    "network_tried": {"en": "New settings are tried for another {seconds} s. C keeps them; otherwise those before come back.", "ar": "تُجرَّب إعدادات جديدة لمدة {seconds} ث أخرى. C للإبقاء عليها؛ وإلا تعود السابقة.", "fa": "تنظیم‌های تازه تا {seconds} ثانیهٔ دیگر آزموده می‌شود. C نگه می‌دارد؛ وگرنه پیشین‌ها برمی‌گردد.", "zh": "新設定試用中，還有 {seconds} 秒。按 C 保留，否則恢復先前設定。"},
    "last_confirmed": {"en": "The settings are kept.", "ar": "أُبقيت الإعدادات.", "fa": "تنظیم‌ها نگه داشته شد.", "zh": "設定已保留。"},
    "last_undone": {"en": "The settings before are back.", "ar": "عادت الإعدادات السابقة.", "fa": "تنظیم‌های پیشین برگشت.", "zh": "已恢復先前的設定。"},
    "last_expired": {"en": "Nobody kept the settings in time: those before are back.", "ar": "لم يُبقِ أحد الإعدادات في الوقت: عادت السابقة.", "fa": "کسی تنظیم‌ها را به‌هنگام نگه نداشت: پیشین‌ها برگشت.", "zh": "逾時未保留：已恢復先前的設定。"},
    "last_failed": {"en": "The settings could not be put in effect: those before are back.", "ar": "تعذر تطبيق الإعدادات: عادت السابقة.", "fa": "تنظیم‌ها به کار بسته نشد: پیشین‌ها برگشت.", "zh": "設定無法生效：已恢復先前的設定。"},
    "every_link": {"en": "every one, by DHCP", "ar": "كلها عبر DHCP", "fa": "همه، با DHCP", "zh": "全部，使用 DHCP"},
    "method_dhcp": {"en": "by DHCP", "ar": "عبر DHCP", "fa": "با DHCP", "zh": "DHCP"},
    "method_static": {"en": "static", "ar": "ثابت", "fa": "ثابت", "zh": "固定"},
    "method_automatic": {"en": "automatic", "ar": "تلقائي", "fa": "خودکار", "zh": "自動"},
    "method_off": {"en": "off", "ar": "معطّل", "fa": "خاموش", "zh": "關閉"},
    # --- power
    "power_restart_idle": {"en": "Restart when no call is up", "ar": "إعادة التشغيل عند انتهاء المكالمات", "fa": "راه‌اندازی دوباره وقتی تماسی نیست", "zh": "無通話時重新啟動"},
    "power_restart_now": {"en": "Restart now", "ar": "إعادة التشغيل الآن", "fa": "راه‌اندازی دوباره اکنون", "zh": "立即重新啟動"},
    "power_off_idle": {"en": "Power off when no call is up", "ar": "الإطفاء عند انتهاء المكالمات", "fa": "خاموشی وقتی تماسی نیست", "zh": "無通話時關機"},
    "power_off_now": {"en": "Power off now", "ar": "الإطفاء الآن", "fa": "خاموشی اکنون", "zh": "立即關機"},
    "power_cancel": {"en": "Wait no more", "ar": "إلغاء الانتظار", "fa": "دیگر منتظر نماندن", "zh": "取消等待"},
    "power_waits_restart": {"en": "The box restarts when no call is up.", "ar": "سيعاد تشغيل الجهاز عند انتهاء المكالمات.", "fa": "دستگاه وقتی تماسی نباشد از نو راه می‌افتد.", "zh": "沒有通話時本機將重新啟動。"},
    "power_waits_off": {"en": "The box is switched off when no call is up.", "ar": "سيُطفأ الجهاز عند انتهاء المكالمات.", "fa": "دستگاه وقتی تماسی نباشد خاموش می‌شود.", "zh": "沒有通話時本機將關機。"},
    "power_ends_calls": {"en": "Calls that are up end.", "ar": "تنتهي المكالمات الجارية.", "fa": "تماس‌های جاری پایان می‌یابد.", "zh": "進行中的通話會中斷。"},
    "power_goes": {"en": "The box goes down.", "ar": "يتوقف الجهاز.", "fa": "دستگاه پایین می‌رود.", "zh": "本機即將停止。"},
    "power_will": {"en": "Noted.", "ar": "سُجّل.", "fa": "ثبت شد.", "zh": "已記下。"},
    "enter_does": {"en": "Enter does it.", "ar": "Enter للتنفيذ.", "fa": "Enter انجام می‌دهد.", "zh": "按 Enter 執行。"},
    # --- reset
    "reset_what": {"en": "The box begins anew, as on its first day. What shall stay?", "ar": "يبدأ الجهاز من جديد كيومه الأول. ماذا يبقى؟", "fa": "دستگاه مانند روز نخست از نو آغاز می‌کند. چه بماند؟", "zh": "本機將回到第一天的狀態。要保留什麼？"},
    "reset_all": {"en": "Nothing stays", "ar": "لا يبقى شيء", "fa": "چیزی نماند", "zh": "全部清除"},
    "reset_keep": {"en": "Recordings, voicemail and call history stay", "ar": "تبقى التسجيلات والبريد الصوتي وسجل المكالمات", "fa": "ضبط‌ها، صندوق صوتی و تاریخچهٔ تماس بماند", "zh": "保留錄音、語音信箱與通話記錄"},
    "reset_lost": {"en": "Settings, accounts, passwords, certificates, network settings and logs are lost. The box restarts.", "ar": "تُفقد الإعدادات والحسابات وكلمات المرور والشهادات وإعدادات الشبكة والسجلات. يعاد تشغيل الجهاز.", "fa": "تنظیم‌ها، حساب‌ها، گذرواژه‌ها، گواهی‌ها، تنظیم شبکه و گزارش‌ها از میان می‌رود. دستگاه از نو راه می‌افتد.", "zh": "設定、帳號、密碼、憑證、網路設定與日誌都會清除，本機將重新啟動。"},
    "reset_type": {"en": "To do so, type the name of this box, {name}, and press Enter:", "ar": "للتنفيذ اكتب اسم هذا الجهاز {name} واضغط Enter:", "fa": "برای انجام، نام این دستگاه {name} را بنویسید و Enter را بزنید:", "zh": "確定請輸入本機名稱 {name} 再按 Enter："},
    "reset_goes": {"en": "The box restarts and begins anew.", "ar": "يعاد تشغيل الجهاز ويبدأ من جديد.", "fa": "دستگاه از نو راه می‌افتد و از آغاز شروع می‌کند.", "zh": "本機將重新啟動並恢復原廠設定。"},
    # --- install
    "install_which": {"en": "Onto which disk? This system is copied, as a new box.", "ar": "على أي قرص؟ يُنسخ هذا النظام جهازًا جديدًا.", "fa": "بر کدام دیسک؟ این سامانه همچون دستگاهی تازه رونوشت می‌شود.", "zh": "安裝到哪個磁碟？本系統將複製為一台新機。"},
    "no_disks": {"en": "There is no other disk in this machine.", "ar": "لا قرص آخر في هذا الجهاز.", "fa": "دیسک دیگری در این دستگاه نیست.", "zh": "本機沒有其他磁碟。"},
    "empty": {"en": "empty", "ar": "فارغ", "fa": "خالی", "zh": "空"},
    "holds": {"en": "Holds", "ar": "المحتوى", "fa": "محتوا", "zh": "內容"},
    "install_lost": {"en": "Everything on this disk will be lost.", "ar": "سيُفقد كل ما على هذا القرص.", "fa": "همهٔ آنچه بر این دیسک است از میان می‌رود.", "zh": "此磁碟上的所有內容都會清除。"},
    "install_type": {"en": "To install, type the name of the disk, {name}, and press Enter:", "ar": "للتثبيت اكتب اسم القرص {name} واضغط Enter:", "fa": "برای نصب، نام دیسک {name} را بنویسید و Enter را بزنید:", "zh": "若要安裝，請輸入磁碟名稱 {name} 再按 Enter："},
    "install_slot": {"en": "{disk}: writing the system, {percent}%", "ar": "{disk}: كتابة النظام، {percent}%", "fa": "{disk}: نوشتن سامانه، {percent}%", "zh": "{disk}：寫入系統 {percent}%"},
    "install_check": {"en": "{disk}: reading it back, {percent}%", "ar": "{disk}: القراءة للتحقق، {percent}%", "fa": "{disk}: بازخوانی، {percent}%", "zh": "{disk}：讀回驗證 {percent}%"},
    "install_data": {"en": "{disk}: making an empty data partition", "ar": "{disk}: إنشاء قسم بيانات فارغ", "fa": "{disk}: ساختن بخش دادهٔ خالی", "zh": "{disk}：建立空的資料分割區"},
    "install_boot": {"en": "{disk}: making it start", "ar": "{disk}: تجهيزه للإقلاع", "fa": "{disk}: آماده‌سازی برای راه‌اندازی", "zh": "{disk}：寫入開機程式"},
    "install_finished": {"en": "{disk}: finished.", "ar": "{disk}: انتهى.", "fa": "{disk}: پایان یافت.", "zh": "{disk}：完成。"},
    "install_failed": {"en": "{disk}: not installed. {detail}", "ar": "{disk}: لم يُثبَّت. {detail}", "fa": "{disk}: نصب نشد. {detail}", "zh": "{disk}：未安裝。{detail}"},
    "install_off": {"en": "Enter switches the box off. Then take the stick out, and switch it on again.", "ar": "Enter يطفئ الجهاز. ثم انزع الذاكرة وشغّله من جديد.", "fa": "Enter دستگاه را خاموش می‌کند. سپس حافظه را بردارید و دوباره روشن کنید.", "zh": "按 Enter 關機，然後拔除隨身碟再開機。"},
}  # fmt: skip
