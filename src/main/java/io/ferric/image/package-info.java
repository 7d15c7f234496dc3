/**
 * Making and reading images: the vfat floppy that carries parameters to a ramdisk, the ISO 9660 image a server boots
 * from, and the judgement of what an image file holds. Everything is written and read in plain Java, as a stream, with
 * no outside program, no mount and no root. The package leans on the JDK and, for compressed images, on the libraries of
 * xz and zstd. Start reading at {@link io.ferric.image.Images} for writing, at {@link io.ferric.image.ImageInfo} for what
 * an image is, and at {@link io.ferric.image.DiskImage} for what is in it.
 */
package io.ferric.image;
