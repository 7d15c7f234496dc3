package io.ferric.image;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The two kinds of names an ISO image has besides those of Rock Ridge. */
enum IsoNames {
    /**
     * Upper case letters, digits and underscore, 30 characters (ECMA-119 section 7.5, interchange level 2). This is
     * what boot loaders read: {@code vmlinuz} becomes {@code VMLINUZ.;1}.
     */
    PLAIN(30, 12) {
        @Override
        boolean allows(char c) {
            return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
        }

        @Override
        Name parse(String name, boolean folder) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (folder) {
                return new Name(upper, "");
            }
            int dot = upper.lastIndexOf('.');
            return dot > 0 ? new Name(upper.substring(0, dot), upper.substring(dot)) : new Name(upper, ".");
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    },

    /** Sixteen-bit characters, at most 64 of them (Joliet specification 1995). */
    JOLIET(64, 16) {
        @Override
        boolean allows(char c) {
            return c >= ' ' && c != 0x7F && "*/:;?\\".indexOf(c) < 0 && !Character.isSurrogate(c);
        }

        @Override
        Name parse(String name, boolean folder) {
            int dot = name.lastIndexOf('.');
            return !folder && dot > 0 ? new Name(name.substring(0, dot), name.substring(dot)) : new Name(name, "");
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_16BE);
        }
    };

    /** A name split before its last dot; the standard sorts by the one and then the other. */
    record Name(String base, String extension) {
        static final Comparator<Name> ORDER = Comparator.comparing(Name::base).thenComparing(Name::extension);

        String text() {
            return base + extension;
        }
    }

    private final int longest;
    private final int longestExtension;

    IsoNames(int longest, int longestExtension) {
        this.longest = longest;
        this.longestExtension = longestExtension;
    }

    abstract boolean allows(char c);

    abstract Name parse(String name, boolean folder);

    abstract byte[] encode(String text);

    /** The bytes of a directory record's identifier; files carry version 1. */
    byte[] identifier(Name name, boolean folder) {
        return encode(folder ? name.text() : name.text() + ";1");
    }

    /** Gives everything in a folder a name of this kind, each a different one. */
    Map<IsoNode, Name> assign(IsoNode folder) {
        Set<Name> taken = new HashSet<>();
        Map<IsoNode, Name> names = new IdentityHashMap<>();
        for (IsoNode child : folder.children()) {
            Name wanted = parse(child.name, child.isFolder());
            Name name = legal(wanted, "");
            for (int number = 1; !taken.add(name); number++) {
                name = legal(wanted, "_" + number);
            }
            names.put(child, name);
        }
        return names;
    }

    private Name legal(Name wanted, String tail) {
        String extension = cut(wanted.extension(), longestExtension);
        String dot = extension.isEmpty() ? "" : ".";
        String rest = extension.isEmpty() ? "" : replace(extension.substring(1));
        String base = cut(replace(wanted.base()), longest - extension.length() - tail.length());
        return new Name(base + tail, dot + rest);
    }

    private String replace(String text) {
        StringBuilder replaced = new StringBuilder(text);
        for (int i = 0; i < replaced.length(); i++) {
            if (!allows(replaced.charAt(i))) {
                replaced.setCharAt(i, '_');
            }
        }
        return replaced.toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
