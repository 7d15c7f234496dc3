package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.ShownUrl;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of what is shown: passwords, license keys, what signs a URL. Immutable. */
final class Masks {
    private static final Pattern URL = Pattern.compile("https?://[^\"'\\s<>\\\\]+");
    private static final Pattern VALUES = Pattern.compile(
            "(?i)(\"(?:LicenseKey|Password|UserName|Token|X-Auth-Token)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");

    private final String password;

    Masks(IloAccess access) {
        this.password = access.password().reveal();
    }

    String apply(String text) {
        String noUrls = URL.matcher(text).replaceAll(url -> Matcher.quoteReplacement(ShownUrl.of(url.group())));
        String noValues = VALUES.matcher(noUrls).replaceAll("$1***");
        return password.isEmpty() ? noValues : noValues.replace(password, "***");
    }
}
