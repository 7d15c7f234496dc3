package io.ferric.ilo.ribcl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One RIBCL command and the block it must stand in. Immutable; {@link #document} renders it. Source: HPE iLO 4
 * scripting guide; tags stand on lines of their own, for old firmware counts and parses lines.
 */
record RibclCommand(Block block, boolean write, Tag tag) {
    /** The part of the iLO a command is about. */
    enum Block {
        SERVER_INFO,
        RIB_INFO
    }

    /** An element with attributes and children. */
    record Tag(String name, Map<String, String> attributes, List<Tag> children) {
        static Tag named(String name, String... attributes) {
            Map<String, String> all = new LinkedHashMap<>();
            for (int i = 0; i < attributes.length; i += 2) {
                all.put(attributes[i], attributes[i + 1]);
            }
            return new Tag(name, all, List.of());
        }

        Tag containing(List<Tag> more) {
            List<Tag> all = new ArrayList<>(children);
            all.addAll(more);
            return new Tag(name, attributes, List.copyOf(all));
        }

        private void render(StringBuilder out) {
            out.append('<').append(name);
            attributes.forEach((key, value) -> out.append(' ')
                    .append(key)
                    .append("=\"")
                    .append(escaped(value))
                    .append('"'));
            if (children.isEmpty()) {
                out.append("/>\r\n");
                return;
            }
            out.append(">\r\n");
            children.forEach(child -> child.render(out));
            out.append("</").append(name).append(">\r\n");
        }
    }

    static RibclCommand read(Block block, String name, String... attributes) {
        return new RibclCommand(block, false, Tag.named(name, attributes));
    }

    static RibclCommand write(Block block, String name, String... attributes) {
        return new RibclCommand(block, true, Tag.named(name, attributes));
    }

    RibclCommand containing(Tag... children) {
        return new RibclCommand(block, write, tag.containing(List.of(children)));
    }

    /** The whole document to be sent. */
    String document(String user, String password) {
        Tag mode = Tag.named(block.name(), "MODE", write ? "write" : "read").containing(List.of(tag));
        Tag login = Tag.named("LOGIN", "USER_LOGIN", user, "PASSWORD", password).containing(List.of(mode));
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\r\n");
        Tag.named("RIBCL", "VERSION", "2.0").containing(List.of(login)).render(out);
        return out.toString();
    }

    /** As it stands in an attribute of a document. */
    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
