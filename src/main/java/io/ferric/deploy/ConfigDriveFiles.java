package io.ferric.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.IsoImage;
import io.ferric.node.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The files of a config drive by their names, which an ISO image is made of. Each stands there twice: under {@code
 * latest}, and under the oldest version, for readers that look for nothing newer.
 */
record ConfigDriveFiles(Map<String, byte[]> files) implements ConfigDrive.Source {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VERSIONS = List.of("2012-08-10", "latest");
    /** The parts that must be JSON, and the names of their files. */
    private static final Map<String, String> JSON_PARTS = Map.of(
            "meta_data", "meta_data.json", "network_data", "network_data.json", "vendor_data", "vendor_data.json");

    private static final String USER_DATA = "user_data";
    /** For folders and descriptors of the image. */
    private static final long OVERHEAD = Mib.BYTES;

    static ConfigDriveFiles of(Node node, Map<String, Object> parts) throws ConfigDrive.Unusable {
        Set<String> unknown = new TreeSet<>(parts.keySet());
        unknown.removeAll(JSON_PARTS.keySet());
        unknown.remove(USER_DATA);
        if (!unknown.isEmpty()) {
            throw new ConfigDrive.Unusable(
                    "has the unknown part " + Faults.foreign(unknown.iterator().next())
                            + "; it may have meta_data, user_data, network_data and vendor_data.");
        }
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, Object> all = new LinkedHashMap<>(parts);
        all.put("meta_data", metaData(node, all.get("meta_data")));
        for (Map.Entry<String, Object> each : all.entrySet()) {
            if (each.getValue() != null) {
                String name = JSON_PARTS.getOrDefault(each.getKey(), USER_DATA);
                files.put(name, bytes(each.getKey(), each.getValue()));
            }
        }
        long size = files.values().stream().mapToLong(each -> each.length).sum() * VERSIONS.size();
        if (size > ConfigDrive.PARTITION - OVERHEAD) {
            throw new ConfigDrive.Unusable("makes an image of more than " + ConfigDrive.PARTITION / Mib.BYTES
                    + " MiB, the most a config drive may have: make user_data smaller.");
        }
        return new ConfigDriveFiles(files);
    }

    /** cloud-init tells instances apart by {@code uuid}. */
    private static Map<String, Object> metaData(Node node, Object given) throws ConfigDrive.Unusable {
        Map<String, Object> all = new LinkedHashMap<>(given == null ? Map.of() : object("meta_data", given));
        UUID uuid = node.spec().instanceUuid().orElse(node.uuid());
        all.putIfAbsent("uuid", uuid.toString());
        node.spec().name().ifPresent(name -> {
            all.putIfAbsent("name", name);
            all.putIfAbsent("hostname", name);
        });
        return all;
    }

    private static Map<String, Object> object(String part, Object value) throws ConfigDrive.Unusable {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, each) -> object.put(String.valueOf(key), each));
            return object;
        }
        if (value instanceof String text && text.strip().startsWith("{")) {
            return ConfigDrive.object(part, text);
        }
        throw new ConfigDrive.Unusable("has a " + part + " that is no JSON object.");
    }

    /** User data are a text, which goes in as it is, or JSON. */
    private static byte[] bytes(String part, Object value) throws ConfigDrive.Unusable {
        if (value instanceof Number || value instanceof Boolean) {
            throw new ConfigDrive.Unusable("has a " + part + " that is neither text nor a JSON object or list.");
        }
        if (part.equals(USER_DATA) && value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return JSON.writeValueAsBytes(part.equals(USER_DATA) ? value : object(part, value));
        } catch (JsonProcessingException e) {
            throw new ConfigDrive.Unusable("has a " + part + " that cannot be written as JSON.");
        }
    }

    @Override
    public void writeTo(Path file) throws IOException {
        IsoImage.Builder image = IsoImage.labelled(ConfigDrive.LABEL);
        for (String version : VERSIONS) {
            files.forEach((name, bytes) -> image.file("openstack/" + version + "/" + name, Content.of(bytes)));
        }
        Images.createIsoImage(image.build(), file);
    }

    @Override
    public String toString() {
        return "***";
    }
}
