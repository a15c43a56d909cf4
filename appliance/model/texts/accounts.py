# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Signing in, accounts and the first run."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "wrong_credentials": {
        "en": "Name or password is wrong. Try again.",
        "ar": "الاسم أو كلمة المرور غير صحيحة. حاول مرة أخرى.",
        "fa": "نام یا گذرواژه نادرست است. دوباره امتحان کنید.",
        "zh": "名稱或密碼錯誤，請再試一次。",
    },
    "totp_needed": {
        "en": "Enter the code that your authenticator app shows.",
        "ar": "أدخل الرمز الظاهر في تطبيق المصادقة.",
        "fa": "کدی را که برنامهٔ احراز هویت نشان می‌دهد وارد کنید.",
        "zh": "請輸入驗證器應用程式顯示的驗證碼。",
    },
    "totp_wrong": {
        "en": "The code is wrong or has been used already. Wait for the next one; check the clock of your phone.",
        "ar": "الرمز غير صحيح أو سبق استخدامه. انتظر الرمز التالي وتحقق من ساعة هاتفك.",
        "fa": "کد نادرست است یا پیش‌تر به کار رفته است. منتظر کد بعدی بمانید و ساعت گوشی را بررسی کنید.",
        "zh": "驗證碼錯誤或已使用過。請等待下一組，並檢查手機時間。",
    },
    "locked": {
        "en": "Too many wrong tries. Wait a few minutes and try again, or use the box's console.",
        "ar": "محاولات خاطئة كثيرة. انتظر بضع دقائق ثم حاول مرة أخرى، أو استخدم وحدة تحكم الجهاز.",
        "fa": "تلاش‌های نادرست بیش از اندازه بود. چند دقیقه صبر کنید و دوباره امتحان کنید، یا از کنسول دستگاه استفاده کنید.",
        "zh": "錯誤次數過多。請等待數分鐘再試，或使用本機主控台。",
    },
    "account_disabled": {
        "en": "This account is switched off. Ask an administrator.",
        "ar": "هذا الحساب معطل. راجع أحد المسؤولين.",
        "fa": "این حساب غیرفعال است. با مدیر سیستم تماس بگیرید.",
        "zh": "此帳號已停用，請洽管理員。",
    },
    "weak_password": {
        "en": "This password is too easy to guess. Choose a longer one; several words together are good.",
        "ar": "كلمة المرور هذه سهلة التخمين. اختر كلمة أطول؛ عدة كلمات معًا خيار جيد.",
        "fa": "این گذرواژه به‌آسانی حدس زده می‌شود. گذرواژهٔ بلندتری برگزینید؛ چند واژه کنار هم خوب است.",
        "zh": "此密碼太容易猜中。請選擇較長的密碼，例如數個詞語的組合。",
    },
    "password_reused": {
        "en": "This is the old password. Choose a new one.",
        "ar": "هذه كلمة المرور القديمة. اختر كلمة جديدة.",
        "fa": "این همان گذرواژهٔ پیشین است. گذرواژهٔ تازه‌ای برگزینید.",
        "zh": "這是舊密碼，請設定新的密碼。",
    },
    "password_change_needed": {
        "en": "Choose a new password before you go on.",
        "ar": "اختر كلمة مرور جديدة قبل المتابعة.",
        "fa": "پیش از ادامه، گذرواژهٔ تازه‌ای برگزینید.",
        "zh": "繼續之前請先設定新密碼。",
    },
    "last_admin": {
        "en": "This is the last administrator who can sign in. Make another one first.",
        "ar": "هذا آخر مسؤول يمكنه تسجيل الدخول. أنشئ مسؤولًا آخر أولًا.",
        "fa": "این آخرین مدیری است که می‌تواند وارد شود. نخست مدیر دیگری بسازید.",
        "zh": "這是最後一位可登入的管理員。請先建立另一位。",
    },
    "first_run_closed": {
        "en": "The box has been set up already. Sign in instead.",
        "ar": "سبق إعداد الجهاز. سجّل الدخول بدلًا من ذلك.",
        "fa": "دستگاه پیش‌تر راه‌اندازی شده است. وارد شوید.",
        "zh": "系統已完成初始設定，請直接登入。",
    },
    "wrong_code": {
        "en": "The code is wrong. It is on the box's console; type it as it stands there.",
        "ar": "الرمز غير صحيح. تجده على وحدة تحكم الجهاز؛ اكتبه كما هو.",
        "fa": "کد نادرست است. آن را روی کنسول دستگاه می‌بینید؛ همان‌گونه وارد کنید.",
        "zh": "代碼錯誤。請依本機主控台所顯示的內容輸入。",
    },
    "code_expired": {
        "en": "The code or link has expired or was used already. Get a new one from the box's console.",
        "ar": "انتهت صلاحية الرمز أو الرابط أو سبق استخدامه. احصل على واحد جديد من وحدة تحكم الجهاز.",
        "fa": "کد یا پیوند منقضی شده یا به کار رفته است. یکی تازه از کنسول دستگاه بگیرید.",
        "zh": "代碼或連結已過期或已使用。請從本機主控台取得新的。",
    },
    "account_name": {
        "en": "An account name has lower-case letters a–z, digits, and . _ @ - between them, at most {max} characters.",
        "ar": "يتكون اسم الحساب من أحرف لاتينية صغيرة وأرقام، وبينها . أو _ أو @ أو -، بحد أقصى {max} حرفًا.",
        "fa": "نام حساب از حروف کوچک لاتین، رقم و در میان آن‌ها . _ @ - تشکیل می‌شود، حداکثر {max} نویسه.",
        "zh": "帳號名稱由小寫英文字母與數字組成，中間可用 . _ @ -，最多 {max} 個字元。",
    },
    "account_name_reserved": {
        "en": "The box itself uses the name {name}. Choose another.",
        "ar": "الاسم {name} يستخدمه الجهاز نفسه. اختر اسمًا آخر.",
        "fa": "نام {name} را خود دستگاه به کار می‌برد. نام دیگری برگزینید.",
        "zh": "名稱 {name} 由系統本身使用，請另選一個。",
    },
    "password_too_short": {
        "en": "The password is too short: {min} characters or more. Several words together are good.",
        "ar": "كلمة المرور قصيرة جدًا: يلزم {min} حرفًا أو أكثر. عدة كلمات معًا خيار جيد.",
        "fa": "گذرواژه کوتاه است: {min} نویسه یا بیشتر لازم است. چند واژه کنار هم خوب است.",
        "zh": "密碼太短，至少需要 {min} 個字元，例如數個詞語的組合。",
    },
    "password_too_long": {
        "en": "The password is too long: at most {max} characters.",
        "ar": "كلمة المرور طويلة جدًا: الحد الأقصى {max} حرفًا.",
        "fa": "گذرواژه بلند است: حداکثر {max} نویسه.",
        "zh": "密碼太長，最多 {max} 個字元。",
    },
    "password_control_character": {
        "en": "The password holds an invisible character. Type it again.",
        "ar": "تحتوي كلمة المرور على محرف غير مرئي. اكتبها من جديد.",
        "fa": "گذرواژه نویسه‌ای نامرئی دارد. آن را دوباره بنویسید.",
        "zh": "密碼含有不可見字元，請重新輸入。",
    },
    "password_guessable": {
        "en": "This password is among the first that are tried. Choose one without your name and without common words or runs of keys.",
        "ar": "كلمة المرور هذه من أوائل ما يُجرَّب. اختر كلمة لا تحتوي على اسمك ولا على كلمات شائعة أو أحرف متتالية.",
        "fa": "این گذرواژه از نخستین‌هایی است که امتحان می‌شود. گذرواژه‌ای بدون نام خود، واژه‌های رایج و دنباله‌ها برگزینید.",
        "zh": "此密碼最容易被嘗試。請避免使用自己的名稱、常見字詞或連續字元。",
    },
}
