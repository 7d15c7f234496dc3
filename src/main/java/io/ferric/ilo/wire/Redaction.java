package io.ferric.ilo.wire;

import io.ferric.node.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what must not be seen in what is said to and by an iLO: user name and password, tokens and cookies, the names of
 * sessions, license keys, and of every URL all but host and file. Masks too much rather than too little. Works on XML,
 * JSON and plain words, whole or cut off. Immutable.
 *
 * <p>For traces use {@link IloTrace#over}, which asks this class:
 *
 * <pre>{@code
 * https.inTurn(access, line -> trace.over(line, access).exchange(call));
 * }</pre>
 *
 * <p>For words of the iLO that go into a message use {@code Redaction.of(access).text(words)}.
 */
public final class Redaction {
    private static final String MASK = "***";
    /** A password this short stands in many words by chance; masking it there would tell it. */
    private static final int TELLING = 4;

    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization", "x-auth-token", "x-hprestfulapi-authtoken", "cookie", "set-cookie", "proxy-authorization");

    private static final Pattern URL = Pattern.compile("(?i)https?:\\\\?/\\\\?/[^\"'\\s<>]++");
    private static final Pattern SIGNATURE = Pattern.compile(
            "(?i)((?:temp_url_sig|temp_url_expires|sig|signature|token|x-amz-[a-z-]{1,40})=)[^&\"'\\s<>]++");
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "(?i)\\b((?:USER_LOGIN|USER_NAME|PASSWORD|LICENSE_KEY\\s++VALUE|ACTIVATE\\s++KEY)\\s*+=\\s*+)(?:\"[^\"]*+\"?|'[^']*+'?)");
    private static final Pattern MEMBER = Pattern.compile(
            "(?i)\"(?:UserName|LoginName|(?:Old|New)?Password|LicenseKey|Key|X-Auth-Token|AuthToken|Token)\"\\s*+:\\s*+\"");
    private static final Pattern LICENSE_KEY = Pattern.compile("\\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\\b");
    private static final Pattern SESSION = Pattern.compile("(?i)(/Sessions/)[^/\"'\\s?#]++");

    private final Secret password;

    private Redaction(Secret password) {
        this.password = password;
    }

    /** One that knows this iLO's password and masks it wherever it stands. */
    public static Redaction of(IloAccess access) {
        return new Redaction(access.password());
    }

    /** A request as it may be shown: its first line, its headers and its body. */
    public String call(HttpCall call) {
        return call.method() + " " + text(call.path()) + "\n" + headers(call.headers()) + "\n"
                + text(new String(call.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    /** An answer as it may be shown: its status, its headers and its body. */
    public String answer(HttpAnswer answer) {
        return answer.status() + "\n" + headers(answer.headers()) + "\n" + text(answer.text());
    }

    /** Any piece of text as it may be shown. */
    public String text(String said) {
        String text = withoutPassword(said);
        text = URL.matcher(text).replaceAll(url -> Matcher.quoteReplacement(ShownUrl.of(url.group())));
        text = SIGNATURE.matcher(text).replaceAll("$1" + MASK);
        text = ATTRIBUTE.matcher(text).replaceAll("$1\"" + MASK + "\"");
        text = LICENSE_KEY.matcher(withoutMembers(text)).replaceAll(MASK);
        return SESSION.matcher(text).replaceAll("$1" + MASK);
    }

    private String headers(Map<String, String> headers) {
        StringBuilder shown = new StringBuilder();
        new TreeMap<>(headers).forEach((name, value) -> shown.append(name)
                .append(": ")
                .append(SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? MASK : text(value))
                .append('\n'));
        return shown.toString();
    }

    private String withoutPassword(String text) {
        String raw = password.reveal();
        if (raw.length() < TELLING) {
            return text;
        }
        String xml = raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        String json = raw.replace("\\", "\\\\").replace("\"", "\\\"");
        return text.replace(xml, MASK).replace(json, MASK).replace(raw, MASK);
    }

    /** By hand, for a regular expression overflows the stack on a long string with many escapes. */
    private static String withoutMembers(String text) {
        Matcher member = MEMBER.matcher(text);
        StringBuilder shown = new StringBuilder(text.length());
        int copied = 0;
        while (member.find(copied)) {
            shown.append(text, copied, member.end()).append(MASK);
            copied = endOfString(text, member.end());
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static int endOfString(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }
}
