# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Words of the command for the machine: its network settings, its power, its disks. The console menu has them too."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "every_link": {"en": "every one, by DHCP", "ar": "كلها عبر DHCP", "fa": "همه، با DHCP", "zh": "全部，使用 DHCP"},
    "resolvers": {"en": "Name servers", "ar": "خوادم الأسماء", "fa": "کارسازهای نام", "zh": "名稱伺服器"},
    "phones_vlan": {"en": "Phones' VLAN", "ar": "شبكة الهواتف VLAN", "fa": "VLAN تلفن‌ها", "zh": "話機 VLAN"},
    "network_trial": {"en": "Being tried for another {seconds} s. To keep it: loopstart network confirm.", "ar": "قيد التجربة لمدة {seconds} ث أخرى. للإبقاء: loopstart network confirm.", "fa": "تا {seconds} ثانیهٔ دیگر آزمایش می‌شود. برای نگه‌داشتن: loopstart network confirm.", "zh": "試用中，還有 {seconds} 秒。若要保留：loopstart network confirm。"},
    "network_kept": {"en": "Kept.", "ar": "أُبقيت.", "fa": "نگه داشته شد.", "zh": "已保留。"},
    "network_back": {"en": "The settings before are back.", "ar": "عادت الإعدادات السابقة.", "fa": "تنظیم‌های پیشین برگشت.", "zh": "已恢復先前的設定。"},
    "power_now": {"en": "The box goes down now.", "ar": "يتوقف الجهاز الآن.", "fa": "دستگاه اکنون پایین می‌رود.", "zh": "本機即將停止。"},
    "power_waits_restart": {"en": "The box restarts when no call is up.", "ar": "سيعاد تشغيل الجهاز عندما لا تكون مكالمة جارية.", "fa": "دستگاه وقتی تماسی برقرار نباشد از نو راه می‌افتد.", "zh": "沒有通話時本機將重新啟動。"},
    "power_waits_off": {"en": "The box is switched off when no call is up.", "ar": "سيُطفأ الجهاز عندما لا تكون مكالمة جارية.", "fa": "دستگاه وقتی تماسی برقرار نباشد خاموش می‌شود.", "zh": "沒有通話時本機將關機。"},
    "power_not_before": {"en": "Not before {at}.", "ar": "ليس قبل {at}.", "fa": "نه پیش از {at}.", "zh": "不早於 {at}。"},
    "power_waits_not": {"en": "Nothing waits.", "ar": "لا شيء في الانتظار.", "fa": "چیزی در انتظار نیست.", "zh": "沒有等待中的動作。"},
    "reset_begun": {"en": "The box restarts and begins anew.", "ar": "يعاد تشغيل الجهاز ويبدأ من جديد.", "fa": "دستگاه از نو راه می‌افتد و از آغاز شروع می‌کند.", "zh": "本機將重新啟動並恢復原廠設定。"},
    "size": {"en": "Size", "ar": "الحجم", "fa": "اندازه", "zh": "大小"},
    "model": {"en": "Model", "ar": "الطراز", "fa": "مدل", "zh": "型號"},
    "serial_number": {"en": "Serial", "ar": "الرقم التسلسلي", "fa": "شمارهٔ سریال", "zh": "序號"},
    "holds": {"en": "Holds", "ar": "المحتوى", "fa": "محتوا", "zh": "內容"},
    "empty": {"en": "empty", "ar": "فارغ", "fa": "خالی", "zh": "空"},
    "no_disks": {"en": "There is no other disk in this machine.", "ar": "لا قرص آخر في هذا الجهاز.", "fa": "دیسک دیگری در این دستگاه نیست.", "zh": "本機沒有其他磁碟。"},
    "install_begun": {"en": "Writing to {disk} has begun; loopstart install show tells how far it is.", "ar": "بدأت الكتابة على {disk}؛ يعرض loopstart install show مدى التقدم.", "fa": "نوشتن بر {disk} آغاز شد؛ loopstart install show پیشرفت را می‌گوید.", "zh": "已開始寫入 {disk}，進度請見 loopstart install show。"},
    "install_slot": {"en": "{disk}: writing the system, {percent}%", "ar": "{disk}: كتابة النظام، {percent}%", "fa": "{disk}: نوشتن سامانه، {percent}%", "zh": "{disk}：寫入系統 {percent}%"},
    "install_check": {"en": "{disk}: reading it back, {percent}%", "ar": "{disk}: القراءة للتحقق، {percent}%", "fa": "{disk}: بازخوانی، {percent}%", "zh": "{disk}：讀回驗證 {percent}%"},
    "install_data": {"en": "{disk}: making an empty data partition", "ar": "{disk}: إنشاء قسم بيانات فارغ", "fa": "{disk}: ساختن بخش دادهٔ خالی", "zh": "{disk}：建立空的資料分割區"},
    "install_boot": {"en": "{disk}: making it start", "ar": "{disk}: تجهيزه للإقلاع", "fa": "{disk}: آماده‌سازی برای راه‌اندازی", "zh": "{disk}：寫入開機程式"},
    "install_finished": {"en": "{disk}: finished. Take the stick out and restart.", "ar": "{disk}: انتهى. انزع الذاكرة وأعد التشغيل.", "fa": "{disk}: پایان یافت. حافظه را بردارید و از نو راه بیندازید.", "zh": "{disk}：完成。請拔除隨身碟並重新啟動。"},
    "install_failed": {"en": "{disk}: not installed. {detail}", "ar": "{disk}: لم يُثبَّت. {detail}", "fa": "{disk}: نصب نشد. {detail}", "zh": "{disk}：未安裝。{detail}"},
}  # fmt: skip
