package io.ferric.iscsi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How {@link FakeTarget} behaves. Set up before the target is asked; faults may be added at any time. */
final class FakeScript {
    /** What the target wants in the login; offered keys that are not here are agreed to. */
    final Map<String, String> wishes = new LinkedHashMap<>(Map.of("MaxRecvDataSegmentLength", "8192"));

    private final Map<Integer, Queue<FakeFault>> faults = new ConcurrentHashMap<>();
    Optional<Chap> chap = Optional.empty();
    int chapAlgorithm = 5;
    boolean lieInMutualChap;
    int loginStatus;
    String loginText = "";
    boolean silentLogin;
    boolean dropAtLogin;
    boolean garbageAtLogin;
    boolean oneByteAnswers;
    int extraLoginRounds;
    boolean splitLoginText;
    boolean silentLogout;
    /** Commands the target takes at once. */
    int window = 16;
    /** Asks for data in pieces of the burst length, the last piece first. */
    boolean oddR2tOrder;

    /** The next commands with this operation code get these faults, one each. */
    FakeScript fail(int operation, FakeFault... each) {
        faults.computeIfAbsent(operation, key -> new ConcurrentLinkedQueue<>()).addAll(Arrays.asList(each));
        return this;
    }

    FakeFault next(int operation) {
        Queue<FakeFault> queue = faults.get(operation);
        FakeFault fault = queue == null ? null : queue.poll();
        return fault == null ? FakeFault.NONE : fault;
    }

    FakeScript wish(String key, String value) {
        wishes.put(key, value);
        return this;
    }
}
