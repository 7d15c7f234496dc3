package io.ferric.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the lab is to deploy, onto what, and onto how large a disk. */
record LabPlan(LabFiles files, LabHardware hardware, long diskBytes, int rootGb, int swapMb, int ephemeralGb) {
    Map<String, Object> instanceInfo(String imageSha256) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("image_source", files.image().toUri().toString());
        info.put("image_checksum", "sha256:" + imageSha256);
        info.put("kernel", files.kernel().toUri().toString());
        info.put("ramdisk", files.ramdisk().toUri().toString());
        info.put("root_gb", rootGb);
        info.put("swap_mb", swapMb);
        info.put("ephemeral_gb", ephemeralGb);
        return info;
    }
}
