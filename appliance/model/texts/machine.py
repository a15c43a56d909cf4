# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What can be wrong with the network settings, and why the machine itself was not switched, reset or installed."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "network_interface_name": {
        "en": "That is no name of a network interface. Take one of those that the network page shows, e.g. enp1s0.",
        "ar": "هذا ليس اسم واجهة شبكة. اختر واحدة مما تعرضه صفحة الشبكة، مثل enp1s0.",
        "fa": "این نام واسط شبکه نیست. یکی از آنچه صفحهٔ شبکه نشان می‌دهد را بردارید، مانند enp1s0.",
        "zh": "這不是網路介面的名稱，請選用網路頁面列出的其中一個，例如 enp1s0。",
    },
    "network_ipv4": {
        "en": "Write an IPv4 address, e.g. 192.168.1.1.",
        "ar": "اكتب عنوان IPv4، مثل 192.168.1.1.",
        "fa": "یک نشانی IPv4 بنویسید، مانند 192.168.1.1.",
        "zh": "請輸入 IPv4 位址，例如 192.168.1.1。",
    },
    "network_ipv6": {
        "en": "Write an IPv6 address, e.g. fd00::1.",
        "ar": "اكتب عنوان IPv6، مثل fd00::1.",
        "fa": "یک نشانی IPv6 بنویسید، مانند fd00::1.",
        "zh": "請輸入 IPv6 位址，例如 fd00::1。",
    },
    "network_ip": {
        "en": "Write an IP address, e.g. 192.168.1.1 or fd00::1.",
        "ar": "اكتب عنوان IP، مثل 192.168.1.1 أو fd00::1.",
        "fa": "یک نشانی IP بنویسید، مانند 192.168.1.1 یا fd00::1.",
        "zh": "請輸入 IP 位址，例如 192.168.1.1 或 fd00::1。",
    },
    "network_ipv4_prefix": {
        "en": "Write an IPv4 address with its prefix, e.g. 192.168.1.5/24.",
        "ar": "اكتب عنوان IPv4 مع طول البادئة، مثل 192.168.1.5/24.",
        "fa": "نشانی IPv4 را با پیشوند بنویسید، مانند 192.168.1.5/24.",
        "zh": "請輸入 IPv4 位址與首碼長度，例如 192.168.1.5/24。",
    },
    "network_ipv6_prefix": {
        "en": "Write an IPv6 address with its prefix, e.g. fd00::5/64.",
        "ar": "اكتب عنوان IPv6 مع طول البادئة، مثل fd00::5/64.",
        "fa": "نشانی IPv6 را با پیشوند بنویسید، مانند fd00::5/64.",
        "zh": "請輸入 IPv6 位址與首碼長度，例如 fd00::5/64。",
    },
    "network_prefix_missing": {
        "en": "The prefix is missing: write it behind the address, e.g. /24 for 255.255.255.0.",
        "ar": "طول البادئة مفقود: اكتبه بعد العنوان، مثل /24 بدلًا من 255.255.255.0.",
        "fa": "پیشوند نیست: آن را پس از نشانی بنویسید، مانند /24 برای 255.255.255.0.",
        "zh": "缺少首碼長度，請寫在位址之後，例如 255.255.255.0 為 /24。",
    },
    "network_interface_needed": {
        "en": "Say which interface this is for. There are: {interfaces}.",
        "ar": "حدد الواجهة المقصودة. الموجود: {interfaces}.",
        "fa": "بگویید برای کدام واسط است. این‌ها هست: {interfaces}.",
        "zh": "請指定網路介面，現有：{interfaces}。",
    },
    "network_no_interface": {
        "en": "The box has no interface {name}. There are: {interfaces}.",
        "ar": "لا توجد واجهة {name} في الجهاز. الموجود: {interfaces}.",
        "fa": "دستگاه واسط {name} ندارد. این‌ها هست: {interfaces}.",
        "zh": "本機沒有介面 {name}，現有：{interfaces}。",
    },
    "network_only_static": {
        "en": "With an address that is given by the network this stays empty. Empty it, or choose static.",
        "ar": "عندما تعطي الشبكة العنوان يبقى هذا الحقل فارغًا. أفرغه أو اختر الثابت.",
        "fa": "وقتی شبکه نشانی را می‌دهد، این خالی می‌ماند. خالی کنید یا ثابت را برگزینید.",
        "zh": "位址由網路分配時此欄須留空。請清空，或改選固定位址。",
    },
    "network_address_needed": {
        "en": "A static address is missing.",
        "ar": "العنوان الثابت مفقود.",
        "fa": "نشانی ثابت نوشته نشده است.",
        "zh": "缺少固定位址。",
    },
    "network_not_a_host": {
        "en": "{address} cannot be the address of a machine here. Choose one inside of the network, not its first or last.",
        "ar": "لا يصلح {address} عنوانًا لجهاز هنا. اختر عنوانًا داخل الشبكة غير الأول والأخير.",
        "fa": "{address} نمی‌تواند نشانی دستگاهی در اینجا باشد. یکی درون شبکه برگزینید، نه نخستین و نه واپسین.",
        "zh": "{address} 不能作為此處的主機位址，請選網段內且非首尾的位址。",
    },
    "network_gateway_outside": {
        "en": "The gateway is not inside of the network {network}. Correct it, or the prefix of the address.",
        "ar": "البوابة خارج الشبكة {network}. صحّحها أو صحّح طول بادئة العنوان.",
        "fa": "دروازه درون شبکهٔ {network} نیست. آن را یا پیشوند نشانی را درست کنید.",
        "zh": "閘道不在網段 {network} 之內，請修正閘道或位址的首碼長度。",
    },
    "network_gateway_is_box": {
        "en": "The gateway is the box itself. Write the address of the router.",
        "ar": "البوابة هي الجهاز نفسه. اكتب عنوان الموجّه.",
        "fa": "دروازه خود دستگاه است. نشانی مسیریاب را بنویسید.",
        "zh": "閘道是本機自己，請輸入路由器的位址。",
    },
    "network_no_gateway": {
        "en": "Without a gateway the box reaches its own network only.",
        "ar": "دون بوابة لا يصل الجهاز إلا إلى شبكته.",
        "fa": "بی دروازه، دستگاه تنها به شبکهٔ خودش می‌رسد.",
        "zh": "沒有閘道，本機只能連到自己的網段。",
    },
    "network_no_resolver": {
        "en": "Without a name server the box finds no SIP provider by name.",
        "ar": "دون خادم أسماء لا يجد الجهاز مزود SIP باسمه.",
        "fa": "بی کارساز نام، دستگاه هیچ ارائه‌دهندهٔ SIP را با نامش پیدا نمی‌کند.",
        "zh": "沒有名稱伺服器，本機無法以名稱找到 SIP 供應商。",
    },
    "network_twice": {
        "en": "{address} is there twice. Remove one.",
        "ar": "{address} مكرر. احذف أحدهما.",
        "fa": "{address} دو بار آمده است. یکی را بردارید.",
        "zh": "{address} 重複，請刪去一個。",
    },
    "network_overlap": {
        "en": "The phones' VLAN must be another network than {network}, which the box is in already.",
        "ar": "يجب أن تكون شبكة الهواتف الافتراضية غير {network} التي يوجد الجهاز فيها.",
        "fa": "VLAN تلفن‌ها باید شبکه‌ای جز {network} باشد که دستگاه در آن است.",
        "zh": "話機 VLAN 的網段不可與本機所在的 {network} 重疊。",
    },
    "network_no_trial": {
        "en": "No network settings are being tried; there is nothing to confirm or undo.",
        "ar": "لا تُجرَّب إعدادات شبكة الآن؛ لا شيء لتأكيده أو التراجع عنه.",
        "fa": "هیچ تنظیم شبکه‌ای آزمایش نمی‌شود؛ چیزی برای تأیید یا برگرداندن نیست.",
        "zh": "目前沒有試用中的網路設定，無須確認或復原。",
    },
    "machine_silent": {
        "en": "The part of the system that does this ({task}) does not answer. Restart the box and try again.",
        "ar": "جزء النظام المسؤول عن هذا ({task}) لا يستجيب. أعد تشغيل الجهاز وحاول ثانية.",
        "fa": "بخشی از سامانه که این کار را می‌کند ({task}) پاسخ نمی‌دهد. دستگاه را از نو راه بیندازید و باز بکوشید.",
        "zh": "負責此事的系統元件（{task}）沒有回應，請重新啟動後再試。",
    },
    "machine_refused": {
        "en": "The system did not do it: {detail}. Nothing was changed.",
        "ar": "لم ينفذ النظام ذلك: {detail}. لم يتغير شيء.",
        "fa": "سامانه آن را انجام نداد: {detail}. چیزی تغییر نکرد.",
        "zh": "系統未執行：{detail}。尚未作出任何更改。",
    },
    "reset_name": {
        "en": "Nothing was reset. To do it, type the name of this box: {name}.",
        "ar": "لم تُستعد أي إعدادات. للتنفيذ اكتب اسم هذا الجهاز: {name}.",
        "fa": "چیزی بازنشانی نشد. برای انجام، نام این دستگاه را بنویسید: {name}.",
        "zh": "尚未重設。若要執行，請輸入本機名稱：{name}。",
    },
    "install_request": {
        "en": "That is no order to install. Choose a disk of the list.",
        "ar": "هذا ليس طلب تثبيت. اختر قرصًا من القائمة.",
        "fa": "این فرمان نصب نیست. دیسکی از فهرست برگزینید.",
        "zh": "這不是安裝指令，請從清單選擇磁碟。",
    },
    "install_not_flashed": {
        "en": "This system does not run from a flashed stick or disk, so it cannot copy itself.",
        "ar": "لا يعمل هذا النظام من ذاكرة أو قرص مكتوب بالصورة، فلا يستطيع نسخ نفسه.",
        "fa": "این سامانه از حافظه یا دیسکی که تصویر بر آن نوشته شده اجرا نمی‌شود و نمی‌تواند خود را رونویسی کند.",
        "zh": "本系統並非從寫入映像的隨身碟或磁碟執行，無法自行複製。",
    },
    "install_no_disk": {
        "en": "The disk {name} is not the one that was shown. Look at the list again.",
        "ar": "القرص {name} ليس ما عُرض. انظر إلى القائمة ثانية.",
        "fa": "دیسک {name} آنی نیست که نشان داده شد. فهرست را دوباره ببینید.",
        "zh": "磁碟 {name} 與先前顯示的不同，請重新查看清單。",
    },
    "install_read_only": {
        "en": "This disk cannot be written.",
        "ar": "لا يمكن الكتابة على هذا القرص.",
        "fa": "بر این دیسک نمی‌توان نوشت.",
        "zh": "此磁碟無法寫入。",
    },
    "install_in_use": {
        "en": "This disk is in use: something on it is mounted.",
        "ar": "هذا القرص مستخدم: شيء عليه موصول.",
        "fa": "این دیسک در کار است: چیزی از آن سوار شده است.",
        "zh": "此磁碟使用中：其中有已掛載的檔案系統。",
    },
    "install_too_small": {
        "en": "This disk is too small: 4 GB are needed.",
        "ar": "هذا القرص صغير جدًا: يلزم 4 غيغابايت.",
        "fa": "این دیسک کوچک است: ۴ گیگابایت لازم است.",
        "zh": "此磁碟太小，至少需要 4 GB。",
    },
    "install_running": {
        "en": "A disk is being written already. Wait until that is done.",
        "ar": "تجري الكتابة على قرص بالفعل. انتظر حتى تنتهي.",
        "fa": "هم‌اکنون بر دیسکی نوشته می‌شود. تا پایان آن درنگ کنید.",
        "zh": "已有磁碟正在寫入，請等候完成。",
    },
    "install_differs": {
        "en": "What was read back from {name} is not what was written: the disk is faulty.",
        "ar": "ما قُرئ من {name} ليس ما كُتب عليه: القرص معطوب.",
        "fa": "آنچه از {name} بازخوانده شد همان نیست که نوشته شد: دیسک خراب است.",
        "zh": "從 {name} 讀回的內容與寫入的不同：磁碟故障。",
    },
    "install_failed": {
        "en": "The system could not be installed: {detail}.",
        "ar": "تعذر تثبيت النظام: {detail}.",
        "fa": "سامانه نصب نشد: {detail}.",
        "zh": "無法安裝系統：{detail}。",
    },
}
