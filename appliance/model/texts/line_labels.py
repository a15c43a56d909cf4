"""What people call the fields of lines: telephones on ports, trunks, routes, spans, emergency numbers."""

from __future__ import annotations

LINE_FIELDS: dict[str, dict[str, str]] = {
    "box.emergency": {
        "en": "Emergency calls", "ar": "مكالمات الطوارئ", "fa": "تماس‌های اضطراری", "zh": "緊急電話",
    },
    "box.emergency.numbers": {
        "en": "Emergency numbers", "ar": "أرقام الطوارئ", "fa": "شماره‌های اضطراری", "zh": "緊急號碼",
    },
    "box.emergency.trunks": {
        "en": "Emergency calls leave by",
        "ar": "خطوط الربط لمكالمات الطوارئ",
        "fa": "ترانک‌های تماس اضطراری",
        "zh": "緊急電話所用中繼線",
    },
    "extensions.line": {
        "en": "Analog telephone", "ar": "هاتف تماثلي", "fa": "تلفن آنالوگ", "zh": "類比電話",
    },
    "extensions.line.span": {
        "en": "Telephone on span", "ar": "الهاتف على الامتداد", "fa": "تلفن روی اسپن", "zh": "電話所在線路介面",
    },
    "extensions.line.channel": {
        "en": "Channel of the span", "ar": "قناة الامتداد", "fa": "کانال اسپن", "zh": "線路介面的通道",
    },
    "extensions.caller_id": {
        "en": "Caller ID outside", "ar": "هوية المتصل خارجيًا", "fa": "شناسهٔ تماس بیرونی", "zh": "外線來電顯示",
    },
    "extensions.caller_id.number": {
        "en": "Number shown outside",
        "ar": "الرقم الظاهر خارجيًا",
        "fa": "شماره‌ای که بیرون دیده می‌شود",
        "zh": "對外顯示號碼",
    },
    "extensions.caller_id.name": {
        "en": "Name shown outside",
        "ar": "الاسم الظاهر خارجيًا",
        "fa": "نامی که بیرون دیده می‌شود",
        "zh": "對外顯示名稱",
    },
    "trunks.name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "trunks.kind": {"en": "Kind", "ar": "النوع", "fa": "نوع", "zh": "種類"},
    "trunks.spans": {"en": "Spans", "ar": "الامتدادات", "fa": "اسپن‌ها", "zh": "線路介面"},
    "trunks.max_calls": {
        "en": "Calls at once", "ar": "عدد المكالمات المتزامنة", "fa": "تماس هم‌زمان", "zh": "同時通話數",
    },
    "trunks.numbers": {"en": "Our numbers", "ar": "أرقامنا", "fa": "شماره‌های ما", "zh": "本機外線號碼"},
    "inbound_routes.number": {
        "en": "Number called", "ar": "الرقم المطلوب", "fa": "شمارهٔ گرفته‌شده", "zh": "被叫號碼",
    },
    "inbound_routes.caller": {"en": "Caller", "ar": "المتصل", "fa": "تماس‌گیرنده", "zh": "來電號碼"},
    "inbound_routes.trunk": {"en": "Trunk", "ar": "خط الربط", "fa": "ترانک", "zh": "中繼線"},
    "inbound_routes.to": {"en": "Goes to", "ar": "الوجهة", "fa": "مقصد", "zh": "轉至"},
    "outbound_routes.name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "outbound_routes.match": {
        "en": "Dialled numbers", "ar": "الأرقام المطلوبة", "fa": "شماره‌های گرفته‌شده", "zh": "撥打的號碼",
    },
    "outbound_routes.class": {
        "en": "Needs permission for", "ar": "الصلاحية المطلوبة", "fa": "مجوز لازم", "zh": "所需權限",
    },
    "outbound_routes.trunks": {
        "en": "Leaves by trunks", "ar": "خطوط الربط المستخدمة", "fa": "ترانک‌های خروج", "zh": "所用中繼線",
    },
    "outbound_routes.strip": {
        "en": "Digits taken from the front",
        "ar": "أرقام تُحذف من البداية",
        "fa": "رقم‌هایی که از آغاز برداشته می‌شود",
        "zh": "去除前面位數",
    },
    "outbound_routes.prepend": {
        "en": "Put in front", "ar": "يُضاف في البداية", "fa": "افزوده به آغاز", "zh": "前面加撥",
    },
    "hardware.spans": {"en": "Spans", "ar": "الامتدادات", "fa": "اسپن‌ها", "zh": "線路介面"},
    "hardware.spans.name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "hardware.spans.card": {"en": "Card", "ar": "البطاقة", "fa": "کارت", "zh": "介面卡"},
    "hardware.spans.port": {"en": "Port", "ar": "المنفذ", "fa": "درگاه", "zh": "連接埠"},
    "hardware.spans.ports": {"en": "Ports", "ar": "المنافذ", "fa": "درگاه‌ها", "zh": "連接埠"},
    "hardware.spans.kind": {"en": "Kind", "ar": "النوع", "fa": "نوع", "zh": "種類"},
    "hardware.spans.signalling": {"en": "Signalling", "ar": "التأشير", "fa": "سیگنالینگ", "zh": "信令"},
    "hardware.spans.switch": {
        "en": "ISDN dialect", "ar": "نوع مقسم ISDN", "fa": "گونهٔ سوئیچ ISDN", "zh": "ISDN 交換機類型",
    },
    "hardware.spans.timing": {
        "en": "Clock (0 gives it)", "ar": "التوقيت (0 يعطيه)", "fa": "ساعت (0 می‌دهد)", "zh": "時脈（0 為提供）",
    },
    "hardware.spans.line_build_out": {
        "en": "Line build-out", "ar": "تعويض طول الخط", "fa": "جبران طول خط", "zh": "線路補償",
    },
    "hardware.spans.framing": {"en": "Framing", "ar": "التأطير", "fa": "قاب‌بندی", "zh": "訊框格式"},
    "hardware.spans.coding": {"en": "Line coding", "ar": "ترميز الخط", "fa": "کدگذاری خط", "zh": "線路編碼"},
    "hardware.spans.crc4": {"en": "CRC4", "ar": "CRC4", "fa": "CRC4", "zh": "CRC4"},
    "hardware.spans.r2": {"en": "MFC/R2", "ar": "MFC/R2", "fa": "MFC/R2", "zh": "MFC/R2"},
    "hardware.spans.r2.variant": {
        "en": "R2 variant", "ar": "صيغة R2", "fa": "گونهٔ R2", "zh": "R2 國家變體",
    },
    "hardware.spans.r2.caller_digits": {
        "en": "Digits of callers", "ar": "عدد أرقام المتصل", "fa": "رقم‌های تماس‌گیرنده", "zh": "主叫號碼位數",
    },
    "hardware.spans.r2.called_digits": {
        "en": "Digits called", "ar": "عدد أرقام المطلوب", "fa": "رقم‌های گرفته‌شده", "zh": "被叫號碼位數",
    },
    "hardware.echo_canceller": {
        "en": "Echo canceller", "ar": "إلغاء الصدى", "fa": "حذف پژواک", "zh": "回音消除",
    },
    "hardware.display": {"en": "Display", "ar": "الشاشة", "fa": "نمایشگر", "zh": "面板顯示器"},
    "hardware.display.kind": {"en": "Display", "ar": "الشاشة", "fa": "نمایشگر", "zh": "面板顯示器"},
    "hardware.display.serial": {
        "en": "Display's serial port",
        "ar": "المنفذ التسلسلي للشاشة",
        "fa": "درگاه سریال نمایشگر",
        "zh": "顯示器序列埠",
    },
    "hardware.smdr": {
        "en": "Call records (SMDR)", "ar": "سجلات SMDR", "fa": "گزارش تماس SMDR", "zh": "話務記錄 (SMDR)",
    },
    "hardware.smdr.serial": {
        "en": "SMDR serial port", "ar": "المنفذ التسلسلي لـ SMDR", "fa": "درگاه سریال SMDR", "zh": "SMDR 序列埠",
    },
    "hardware.smdr.speed": {
        "en": "Serial speed", "ar": "سرعة المنفذ التسلسلي", "fa": "سرعت درگاه سریال", "zh": "序列埠速率",
    },
    "hardware.smdr.framing": {
        "en": "Serial character frame", "ar": "إطار الحرف التسلسلي", "fa": "قالب نویسهٔ سریال", "zh": "序列字元格式",
    },
    "hardware.smdr.flow": {
        "en": "Serial flow control", "ar": "التحكم في التدفق", "fa": "کنترل جریان سریال", "zh": "序列流量控制",
    },
    "hardware.smdr.tcp_port": {
        "en": "SMDR TCP port", "ar": "منفذ TCP لـ SMDR", "fa": "درگاه TCP برای SMDR", "zh": "SMDR TCP 埠",
    },
    "hardware.smdr.format": {"en": "SMDR layout", "ar": "تنسيق SMDR", "fa": "قالب SMDR", "zh": "SMDR 格式"},
}  # fmt: skip
