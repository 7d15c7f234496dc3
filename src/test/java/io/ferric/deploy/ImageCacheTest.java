package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    private static final int SIZE = 1 << 20;
    private static final byte[] IMAGE = RootImage.bytes(SIZE);

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource().put("mem:a", IMAGE);
    private final TickingClock clock = new TickingClock();
    private final FakeVolume volume = new FakeVolume();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Patience patience = new Patience(nanos::get, pauses::add);
    private Path master;
    private ImageCacheConfig config;

    @BeforeEach
    void folders() {
        master = folder.resolve("master");
        config = ImageCacheConfig.defaults().withMasterPath(master);
    }

    @Test
    void downloads_an_image_nobody_has_and_links_the_copy_to_the_destination() throws IOException {
        CachedImage image = fetch("mem:a", "n1");

        assertThat(image.path()).isEqualTo(destination("n1")).hasBinaryContent(IMAGE);
        assertThat(image.size()).isEqualTo(SIZE);
        assertThat(image.sha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(masters()).hasSize(1);
        assertThat(Files.isSameFile(masters().get(0), image.path())).isTrue();
        assertThat(links(image.path())).isEqualTo(2);
    }

    @Test
    void leaves_nothing_but_the_copy_and_its_hash_in_the_master_folder() throws IOException {
        fetch("mem:a", "n1");

        assertThat(names(master)).hasSize(2).anyMatch(name -> name.endsWith(".sha256"));
    }

    @Test
    void links_an_image_that_the_cache_has_without_downloading() throws IOException {
        fetch("mem:a", "n1");
        CachedImage second = fetch("mem:a", "n2");

        assertThat(source.opens).hasValue(1);
        assertThat(Files.isSameFile(destination("n1"), destination("n2"))).isTrue();
        assertThat(second.sha256()).isEqualTo(RootImage.sha256(IMAGE));
    }

    @Test
    void does_nothing_when_the_destination_is_the_copy_already() throws IOException {
        fetch("mem:a", "n1");
        Object before = Files.getAttribute(destination("n1"), "unix:ino");
        fetch("mem:a", "n1");

        assertThat(source.opens).hasValue(1);
        assertThat(Files.getAttribute(destination("n1"), "unix:ino")).isEqualTo(before);
        assertThat(links(destination("n1"))).isEqualTo(2);
    }

    @Test
    void replaces_a_destination_that_is_another_file_by_the_copy() throws IOException {
        fetch("mem:a", "n1");
        Files.createDirectories(destination("n2").getParent());
        Files.writeString(destination("n2"), "outdated");
        fetch("mem:a", "n2");

        assertThat(source.opens).hasValue(1);
        assertThat(destination("n2")).hasBinaryContent(IMAGE);
    }

    @Test
    void downloads_when_only_the_destination_is_there() throws IOException {
        fetch("mem:a", "n1");
        for (Path each : masters()) {
            Files.delete(each);
        }
        fetch("mem:a", "n1");

        assertThat(source.opens).hasValue(2);
        assertThat(Files.isSameFile(masters().get(0), destination("n1"))).isTrue();
    }

    @Test
    void downloads_again_when_the_image_behind_the_reference_changed() throws IOException {
        fetch("mem:a", "n1");
        byte[] changed = RootImage.bytes(2 * SIZE);
        source.put("mem:a", changed).version("mem:a", "2");

        assertThat(fetch("mem:a", "n1").sha256()).isEqualTo(RootImage.sha256(changed));
        assertThat(destination("n1")).hasBinaryContent(changed);
    }

    @Test
    void keeps_images_of_one_reference_and_different_checksums_apart() {
        source.vouching(Checksum.parse(RootImage.sha256(IMAGE)));
        fetch("mem:a", "n1");
        byte[] changed = RootImage.bytes(2 * SIZE);
        source.put("mem:a", changed).vouching(Checksum.parse(RootImage.sha256(changed)));

        assertThat(fetch("mem:a", "n2").sha256()).isEqualTo(RootImage.sha256(changed));
        assertThat(destination("n1")).hasBinaryContent(IMAGE);
    }

    @Test
    void downloads_again_when_the_copy_was_cut_short() throws IOException {
        fetch("mem:a", "n1");
        Files.write(masters().get(0), new byte[] {1});

        assertThat(fetch("mem:a", "n2").path()).hasBinaryContent(IMAGE);
        assertThat(source.opens).hasValue(2);
    }

    @Test
    void downloads_straight_to_the_destination_when_there_is_no_master_folder() throws IOException {
        ImageCache cache = new ImageCache(config.withoutMaster(), sources(), clock, volume, patience);
        CachedImage first = cache.fetch(ImageRequest.of("mem:a"), destination("n1"));
        cache.fetch(ImageRequest.of("mem:a"), destination("n2"));

        assertThat(source.opens).hasValue(2);
        assertThat(first.path()).hasBinaryContent(IMAGE);
        assertThat(links(first.path())).isEqualTo(1);
        assertThat(names(first.path().getParent())).containsExactly("disk");
        assertThat(master).doesNotExist();
    }

    @Test
    void resumes_a_download_that_breaks_off() {
        source.breaking(300_000, 2);

        assertThat(fetch("mem:a", "n1").sha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(source.opens).hasValue(3);
    }

    @Test
    void gives_up_when_a_download_breaks_off_again_and_again_and_leaves_nothing() throws IOException {
        source.breaking(300_000, 1).onOpen(() -> source.breaking(source.opens.get() == 1 ? 300_000 : 1000, 1));

        assertFails("mem:a", FaultCode.INSTANCE_DEPLOY_FAILURE, "connection reset");
        assertThat(source.opens).hasValue(4);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(names(master)).isEmpty();
        assertThat(destination("n1")).doesNotExist();
    }

    @Test
    void resumes_as_often_as_it_takes_while_bytes_come() {
        byte[] image = RootImage.bytes(8 * SIZE);
        source.breaking(300_000, 1000).put("mem:a", image);

        assertThat(fetch("mem:a", "n1").sha256()).isEqualTo(RootImage.sha256(image));
        assertThat(pauses).hasSizeGreaterThan(20).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void gives_up_when_bytes_only_trickle() throws IOException {
        source.trickling(500, () -> nanos.addAndGet(1_000_000_000));

        assertFails("mem:a", FaultCode.INSTANCE_DEPLOY_FAILURE, "less than 1 KiB/s came for a whole minute");
        assertThat(nanos).hasValue(60_000_000_000L);
        assertThat(names(master)).isEmpty();
    }

    @Test
    void tells_every_second_how_far_a_slow_download_is() {
        source.trickling(50_000, () -> nanos.addAndGet(1_000_000_000));
        List<Long> heard = new ArrayList<>();
        cache().fetch(ImageRequest.of("mem:a"), destination("n1"), (done, total) -> heard.add(done));

        assertThat(heard).contains(50_000L, 100_000L).endsWith((long) SIZE);
    }

    @Test
    void names_the_source_that_cannot_be_reached() {
        assertFails("mem:nowhere", FaultCode.INSTANCE_DEPLOY_FAILURE, "there is no mem:nowhere");
    }

    @Test
    void refuses_an_image_that_came_shorter_than_its_source_said() throws IOException {
        source.claiming(SIZE + 512);

        assertFails("mem:a", FaultCode.IMAGE_UNACCEPTABLE, "should have 1049088 bytes, but 1048576 came");
        assertThat(names(master)).isEmpty();
    }

    @Test
    void refuses_an_image_of_another_checksum_and_keeps_nothing_of_it() throws IOException {
        ImageRequest request = ImageRequest.of("mem:a").withChecksum(Checksum.parse("0".repeat(64)));

        assertThatThrownBy(() -> cache().fetch(request, destination("n1")))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("does not have the declared checksum")
                .hasMessageContaining(RootImage.sha256(IMAGE))
                .extracting("code")
                .isEqualTo(FaultCode.IMAGE_CHECKSUM_ERROR);
        assertThat(names(master)).isEmpty();
    }

    @Test
    void accepts_an_image_by_its_sha512() throws Exception {
        Path file = Files.write(folder.resolve("image"), IMAGE);
        ImageRequest request = ImageRequest.of("mem:a").withChecksum(Checksum.of(file, "sha512"));

        assertThat(cache().fetch(request, destination("n1")).sha256()).isEqualTo(RootImage.sha256(IMAGE));
    }

    @Test
    void refuses_an_image_whose_only_checksum_is_weak() throws IOException {
        Path file = Files.write(folder.resolve("image"), IMAGE);
        source.vouching(Checksum.of(file, "md5"));

        assertFails("mem:a", FaultCode.IMAGE_UNACCEPTABLE, "its only checksum is md5");
        assertThat(source.opens).hasValue(0);
        ImageRequest stronger = ImageRequest.of("mem:a").withChecksum(Checksum.of(file, "sha256"));
        assertThat(cache().fetch(stronger, destination("n1")).size()).isEqualTo(SIZE);
        ImageSources lenient = new ImageSources(List.of(source), true);
        assertThat(new ImageCache(config, lenient, clock, volume, patience)
                        .fetch(ImageRequest.of("mem:a"), destination("n2"))
                        .size())
                .isEqualTo(SIZE);
    }

    @Test
    void refuses_an_image_larger_than_allowed_before_reading_it() {
        config = config.withMaxImageMib(0);

        assertFails("mem:a", FaultCode.IMAGE_UNACCEPTABLE, "larger than the 0 MiB");
        assertThat(source.opens).hasValue(0);
    }

    @Test
    void stops_an_image_of_unknown_size_when_it_grows_too_large() throws IOException {
        source.withoutSize().put("mem:a", RootImage.bytes(4 * SIZE));
        config = config.withMaxImageMib(2);

        assertFails("mem:a", FaultCode.IMAGE_UNACCEPTABLE, "larger than the 2 MiB");
        assertThat(names(master)).isEmpty();
    }

    @Test
    void keeps_nothing_half_written_when_the_disk_runs_full() throws IOException {
        volume.fullAfter(300_000);

        assertFails("mem:a", FaultCode.INSUFFICIENT_DISK_SPACE, "the conductor's disk is full");
        assertThat(names(master)).isEmpty();
        assertThat(names(folder.resolve("images/n1"))).isEmpty();
    }

    @Test
    void works_again_after_the_disk_ran_full() {
        volume.fullAfter(300_000);
        assertFails("mem:a", FaultCode.INSUFFICIENT_DISK_SPACE, "full");
        volume.fullAfter(Long.MAX_VALUE);

        assertThat(fetch("mem:a", "n1").path()).hasBinaryContent(IMAGE);
    }

    @Test
    void refuses_to_begin_when_there_is_too_little_room_and_nothing_to_clean() throws IOException {
        Files.createDirectories(master);
        volume.capacity(SIZE - 1, master);

        assertFails("mem:a", FaultCode.INSUFFICIENT_DISK_SPACE, "0 MiB free, but 1 MiB are needed");
        assertThat(source.opens).hasValue(0);
    }

    @Test
    void makes_room_by_deleting_unused_images_before_it_downloads() throws IOException {
        fetch("mem:a", "n1");
        cache().release(destination("n1"));
        source.put("mem:b", RootImage.bytes(2 * SIZE));
        volume.capacity(2L * SIZE + 1000, master);

        assertThat(fetch("mem:b", "n1").size()).isEqualTo(2L * SIZE);
        assertThat(masters()).hasSize(1);
    }

    @Test
    void does_not_make_room_with_images_in_use() throws IOException {
        fetch("mem:a", "n1");
        source.put("mem:b", RootImage.bytes(2 * SIZE));
        volume.capacity(2L * SIZE + 1000, master);

        assertThatThrownBy(() -> fetch("mem:b", "n2")).extracting("code").isEqualTo(FaultCode.INSUFFICIENT_DISK_SPACE);
        assertThat(destination("n1")).hasBinaryContent(IMAGE);
    }

    @Test
    void refuses_content_that_is_no_root_file_system_and_keeps_nothing_of_it() throws IOException {
        source.put("mem:a", "QFI\u00fb".repeat(1000).getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> fetch("mem:a", "n1"))
                .isInstanceOf(OperationFailed.class)
                .extracting("code")
                .isEqualTo(FaultCode.IMAGE_UNACCEPTABLE);
        assertThat(names(master)).isEmpty();
        assertThat(destination("n1")).doesNotExist();
    }

    @Test
    void judges_a_cached_image_anew_when_something_else_is_declared_about_it() {
        fetch("mem:a", "n1");

        assertThatThrownBy(() -> cache().fetch(ImageRequest.of("mem:a").withDiskFormat("qcow2"), destination("n2")))
                .hasMessageContaining("declared to be qcow2");
        assertThat(destination("n2")).doesNotExist();
        assertThat(destination("n1")).exists();
    }

    @Test
    void wants_a_checksum_for_images_from_web_servers() {
        assertThatThrownBy(() -> cache().fetch(ImageRequest.of("http://127.0.0.1:1/image"), destination("n1")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("no checksum");
    }

    @Test
    void wants_a_checksum_for_other_files_from_web_servers_too() {
        assertThatThrownBy(() -> sources().download(ImageRequest.of("http://127.0.0.1:1/kernel"), destination("n1")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("no checksum");
    }

    @Test
    void shares_one_download_among_concurrent_deploys() throws Exception {
        CountDownLatch allThere = new CountDownLatch(1);
        source.onOpen(() -> await(allThere));
        ImageCache cache = cache();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<CachedImage>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Path destination = destination("n" + i);
                Callable<CachedImage> fetch = () -> cache.fetch(ImageRequest.of("mem:a"), destination);
                all.add(threads.submit(fetch));
            }
            allThere.countDown();
            for (Future<CachedImage> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS).path()).hasBinaryContent(IMAGE);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(source.opens).hasValue(1);
        assertThat(links(destination("n0"))).isEqualTo(9);
    }

    @Test
    void lets_different_images_be_downloaded_at_one_time() throws Exception {
        source.put("mem:b", IMAGE);
        CountDownLatch both = new CountDownLatch(2);
        source.onOpen(() -> {
            both.countDown();
            await(both);
        });
        ImageCache cache = cache();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<CachedImage> a = threads.submit(() -> cache.fetch(ImageRequest.of("mem:a"), destination("n1")));
            Future<CachedImage> b = threads.submit(() -> cache.fetch(ImageRequest.of("mem:b"), destination("n2")));
            assertThat(a.get(60, TimeUnit.SECONDS).size()).isEqualTo(SIZE);
            assertThat(b.get(60, TimeUnit.SECONDS).size()).isEqualTo(SIZE);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void lets_others_go_on_while_it_copies_to_another_file_system() throws Exception {
        ImageCache cache = cache();
        ExecutorService other = Executors.newSingleThreadExecutor();
        List<String> cleaned = new ArrayList<>();
        volume.withoutLinks(() -> {
            try {
                other.submit(cache::clean).get(60, TimeUnit.SECONDS);
                cleaned.add("while copying");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        try {
            cache.fetch(ImageRequest.of("mem:a"), destination("n1"));
            CachedImage second = cache.fetch(ImageRequest.of("mem:a"), destination("n2"));

            assertThat(second.path()).hasBinaryContent(IMAGE);
            assertThat(links(second.path())).isEqualTo(1);
            assertThat(cleaned).hasSize(2);
            assertThat(source.opens).hasValue(1);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void stops_when_whoever_hears_of_the_progress_wants_it_and_leaves_nothing() throws IOException {
        assertThatThrownBy(() -> cache().fetch(ImageRequest.of("mem:a"), destination("n1"), (done, total) -> {
                    throw Faults.deploy("stop", "");
                }))
                .hasMessage("stop");
        assertThat(names(master)).isEmpty();
    }

    @Test
    void tells_how_far_a_download_has_come() {
        List<Long> heard = new ArrayList<>();
        cache().fetch(ImageRequest.of("mem:a"), destination("n1"), (done, total) -> {
            assertThat(total).isEqualTo(SIZE);
            heard.add(done);
        });

        assertThat(heard).isSorted().endsWith((long) SIZE);
    }

    @Test
    void release_removes_the_link_and_keeps_the_copy() throws IOException {
        fetch("mem:a", "n1");
        cache().release(destination("n1"));

        assertThat(destination("n1")).doesNotExist();
        assertThat(masters()).hasSize(1);
    }

    @Test
    void release_is_content_with_nothing() {
        cache().release(destination("never"));

        assertThat(destination("never")).doesNotExist();
    }

    @Test
    void deletes_images_not_used_for_too_long() throws IOException {
        unused("mem:a");
        clock.advance(config.ttl().plusSeconds(10));
        cache().clean();

        assertThat(names(master)).isEmpty();
    }

    @Test
    void counts_the_time_from_the_end_of_the_last_use() throws IOException {
        fetch("mem:a", "n1");
        clock.advance(config.ttl().plusSeconds(10));
        cache().release(destination("n1"));

        assertThat(masters()).hasSize(1);
    }

    @Test
    void never_deletes_an_image_that_a_deploy_is_linked_to() throws IOException {
        config = config.withLimits(0, Duration.ZERO);
        fetch("mem:a", "n1");
        clock.advance(Duration.ofDays(100));
        cache().clean();

        assertThat(masters()).hasSize(1);
    }

    @Test
    void deletes_the_image_not_used_for_the_longest_time_when_there_is_too_much() throws IOException {
        unused("mem:a");
        unused("mem:b");
        unused("mem:c");
        unused("mem:a");
        config = config.withLimits(2, config.ttl());
        cache().clean();

        assertThat(masters()).hasSize(2);
        fetch("mem:a", "n1");
        assertThat(source.opens).hasValue(3);
        fetch("mem:b", "n2");
        assertThat(source.opens).hasValue(4);
    }

    @Test
    void cleans_after_every_download() throws IOException {
        config = config.withLimits(1, config.ttl());
        unused("mem:a");
        fetch("mem:b", "n1");
        source.put("mem:b", IMAGE);

        assertThat(masters()).hasSize(2);
        fetch("mem:c", "n2");
        assertThat(masters()).hasSize(3);
        cache().release(destination("n1"));
        assertThat(masters()).hasSize(2);
    }

    @Test
    void keeps_more_than_the_limit_when_all_of_it_is_in_use() throws IOException {
        config = config.withLimits(0, config.ttl());
        fetch("mem:a", "n1");
        fetch("mem:b", "n2");

        assertThat(masters()).hasSize(2);
    }

    @Test
    void reclaims_expired_images_first_and_no_more_than_asked_for() throws IOException {
        unused("mem:a");
        unused("mem:b");
        unused("mem:c");
        clock.advance(Duration.ofHours(1));
        unused("mem:a");
        CacheCleaner cleaner = new CacheCleaner(master, config.withLimits(100, Duration.ofMinutes(30)), clock);

        assertThat(cleaner.reclaim(SIZE)).isEqualTo(SIZE);
        assertThat(masters()).hasSize(2);
        assertThat(cleaner.reclaim(SIZE + 1)).isEqualTo(2L * SIZE);
        assertThat(masters()).isEmpty();
    }

    @Test
    void reclaims_less_than_asked_for_when_there_is_no_more() throws IOException {
        unused("mem:a");
        fetch("mem:b", "n1");

        assertThat(new CacheCleaner(master, config, clock).reclaim(10L * SIZE)).isEqualTo(SIZE);
        assertThat(masters()).hasSize(1);
    }

    @Test
    void never_deletes_a_transfer_under_way_nor_files_of_others() throws IOException {
        Path transfer = Files.createDirectories(master.resolve("transfer-1"));
        Files.write(transfer.resolve("image"), IMAGE);
        Files.writeString(master.resolve("README"), "kept");
        config = config.withLimits(0, config.ttl());
        cache().clean();

        assertThat(transfer.resolve("image")).exists();
        assertThat(master.resolve("README")).exists();
    }

    @Test
    void deletes_a_transfer_that_a_dead_process_left() throws IOException {
        Path transfer = Files.createDirectories(master.resolve("transfer-1"));
        Files.write(transfer.resolve("image"), IMAGE);
        clock.advance(config.ttl().multipliedBy(1000));
        cache().clean();

        assertThat(transfer).doesNotExist();
    }

    @Test
    void deletes_and_counts_what_a_dead_process_left_an_hour_ago_when_room_is_wanted() throws IOException {
        Path transfer = Files.createDirectories(master.resolve("transfer-1"));
        Path half = Files.write(transfer.resolve("image"), IMAGE);
        FileTime before = FileTime.from(clock.instant().minus(Duration.ofMinutes(59)));
        Files.setLastModifiedTime(half, before);
        Files.setLastModifiedTime(transfer, before);
        CacheCleaner cleaner = new CacheCleaner(master, config, clock);

        assertThat(cleaner.reclaim(SIZE)).isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(cleaner.reclaim(SIZE)).isEqualTo(SIZE);
        assertThat(transfer).doesNotExist();
    }

    @Test
    void forgets_a_damaged_copy() throws IOException {
        fetch("mem:a", "n1");
        cache().forget(ImageRequest.of("mem:a"), destination("n1"));

        assertThat(names(master)).isEmpty();
        assertThat(destination("n1")).doesNotExist();
    }

    @Test
    void forgets_a_damaged_image_where_nothing_is_cached() {
        ImageCache cache = new ImageCache(config.withoutMaster(), sources(), clock, volume, patience);
        cache.fetch(ImageRequest.of("mem:a"), destination("n1"));
        cache.forget(ImageRequest.of("mem:a"), destination("n1"));

        assertThat(destination("n1")).doesNotExist();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void unused(String reference) {
        fetch(reference, "user");
        cache().release(destination("user"));
    }

    private void assertFails(String reference, String code, String words) {
        assertThatThrownBy(() -> fetch(reference, "n1"))
                .hasMessageContaining(words)
                .asInstanceOf(InstanceOfAssertFactories.type(NodeFault.class))
                .extracting(NodeFault::code)
                .isEqualTo(code);
    }

    private CachedImage fetch(String reference, String node) {
        if (reference.equals("mem:b") || reference.equals("mem:c")) {
            putIfAbsent(reference);
        }
        return cache().fetch(ImageRequest.of(reference), destination(node));
    }

    private void putIfAbsent(String reference) {
        try {
            source.metadata(reference);
        } catch (IOException e) {
            source.put(reference, IMAGE);
        }
    }

    private ImageCache cache() {
        return new ImageCache(config, sources(), clock, volume, patience);
    }

    private ImageSources sources() {
        return new ImageSources(List.of(source, new HttpImageSource(HttpImageConfig.defaults())));
    }

    private Path destination(String node) {
        return folder.resolve("images").resolve(node).resolve("disk");
    }

    private List<Path> masters() throws IOException {
        try (Stream<Path> files = Files.list(master)) {
            return files.filter(MasterImage::isOne).toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static int links(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:nlink");
    }
}
