package io.ferric.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.driver.Findings;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What cloud-init is told by a partition of its own, labelled {@code config-2}: {@code instance_info/configdrive}, which
 * is either a ready image, gzipped and then in base64, or an object with {@code meta_data}, {@code user_data}, {@code
 * network_data} and {@code vendor_data} that an image is made of. It often holds passwords, so that nothing here ever
 * shows its content. Immutable. Source: Ironic's configdrive; cloud-init's documentation of the config drive.
 */
public final class ConfigDrive {
    /** Bytes of the partition that holds it, and the most that an image of it may have. Source: Nova and Ironic. */
    static final long PARTITION = 64 * Mib.BYTES;

    static final String LABEL = "config-2";

    static final String FIELD = "instance_info/configdrive";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Source source;

    /** Makes the image. */
    interface Source {
        void writeTo(Path file) throws IOException;
    }

    private ConfigDrive(Source source) {
        this.source = source;
    }

    /** The node's config drive; empty when it has none, or one that cannot be used, which is noted. */
    static Optional<ConfigDrive> read(Node node, Findings findings) {
        if (!node.instanceInfo().has("configdrive")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ConfigDrive(source(node, node.instanceInfo().values().get("configdrive"))));
        } catch (Unusable e) {
            findings.invalid(FIELD, e.getMessage());
            return Optional.empty();
        }
    }

    /** Says why a config drive cannot be used, to follow the name of the field; never shows what is in it. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why);
        }
    }

    private static Source source(Node node, Object value) throws Unusable {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> parts = new LinkedHashMap<>();
            map.forEach((key, each) -> parts.put(String.valueOf(key), each));
            return ConfigDriveFiles.of(node, parts);
        }
        if (!(value instanceof String text)) {
            throw new Unusable("is neither a text nor an object.");
        }
        String stripped = text.strip();
        if (stripped.startsWith("{")) {
            return ConfigDriveFiles.of(node, object(FIELD, stripped));
        }
        if (stripped.startsWith("http://") || stripped.startsWith("https://")) {
            throw new Unusable(
                    "is a URL, which is not fetched here: give the config drive itself, as an object or as an"
                            + " image in gzip and base64.");
        }
        return EncodedConfigDrive.checked(stripped);
    }

    static Map<String, Object> object(String field, String json) throws Unusable {
        try {
            Map<String, Object> map = JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
            return map == null ? Map.of() : map;
        } catch (JsonProcessingException e) {
            // the parser's own words quote what it read
            throw new Unusable((field.equals(FIELD) ? "" : "has a " + field + " that ")
                    + "begins like a JSON object but is none.");
        }
    }

    /**
     * Makes the image in a file, which is for its owner's eyes only.
     *
     * @throws NodeFault when our own disk fails
     */
    void writeTo(Path file) {
        try {
            source.writeTo(file);
        } catch (IOException e) {
            throw Faults.storage("Making the config drive on the conductor", e);
        }
    }

    /** Where its partition begins when partitions must end here. */
    static long start(long usableEnd) {
        return usableEnd / Mib.BYTES * Mib.BYTES - PARTITION;
    }

    @Override
    public String toString() {
        return "***";
    }
}
