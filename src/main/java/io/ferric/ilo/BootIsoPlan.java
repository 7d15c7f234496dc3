package io.ferric.ilo;

import io.ferric.deploy.ImageRequest;

/**
 * A boot ISO that could be made. Nodes with equal plans share one.
 *
 * @param name made of a hash of all that goes in and of the image it boots
 */
record BootIsoPlan(String name, ImageRequest kernel, ImageRequest ramdisk, String kernelParameters) {}
