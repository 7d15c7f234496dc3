package io.ferric.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** What {@code ferric lab --json} prints. Sizes in bytes, times in ISO 8601. */
record LabReport(
        @JsonProperty("node_uuid") String nodeUuid,
        @JsonProperty("provision_state") String provisionState,
        @JsonProperty("elapsed_seconds") double elapsedSeconds,
        @JsonProperty("image") String image,
        @JsonProperty("image_sha256") String imageSha256,
        @JsonProperty("root_uuid") String rootUuid,
        @JsonProperty("partitions") List<Partition> partitions,
        @JsonProperty("bytes_written") long bytesWritten,
        @JsonProperty("verified") boolean verified,
        @JsonProperty("work_dir") String workDir,
        @JsonProperty("artifacts") Artifacts artifacts,
        @JsonProperty("events") List<Event> events,
        @JsonIgnore Optional<String> complaint) {

    /** One row of the partition table, as found on the disk. */
    record Partition(
            @JsonProperty("number") int number,
            @JsonProperty("role") String role,
            @JsonProperty("start_bytes") long startBytes,
            @JsonProperty("size_bytes") long sizeBytes) {}

    /** Where the files lie; {@code null} for what was not made. */
    record Artifacts(
            @JsonProperty("disk") String disk,
            @JsonProperty("floppy") String floppy,
            @JsonProperty("deploy_iso") String deployIso,
            @JsonProperty("boot_iso") String bootIso) {}

    /** Something that happened. */
    record Event(
            @JsonProperty("at") String at,
            @JsonProperty("step") String step,
            @JsonProperty("message") String message) {}
}
