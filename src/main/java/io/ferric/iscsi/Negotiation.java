package io.ferric.iscsi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What we offer in the operational stage of a login and what comes of the answers (RFC 7143 section 13).
 *
 * <p>We offer one connection, no error recovery beyond a new session, data in order, and as little waiting for
 * permission as the target allows.
 */
final class Negotiation {
    private static final int SMALLEST = 512;
    private static final int LARGEST = (1 << 24) - 1;
    private static final int DEFAULT_SEGMENT = 8192;
    private static final int DEFAULT_FIRST_BURST = 65536;
    private static final int DEFAULT_MAX_BURST = 262144;
    private static final int SMALLEST_OFFER = 65536;

    /** Keys a target may state without waiting for an answer. */
    private static final Set<String> DECLARED =
            Set.of("TargetAlias", "TargetAddress", "TargetPortalGroupTag", "MaxRecvDataSegmentLength", "AuthMethod");

    /** Keys a target may still ask for, though they are obsolete, with our answer; anything else we do not know. */
    private static final Map<String, String> ANSWERS = Map.of(
            "IFMarker", "No",
            "OFMarker", "No",
            "IFMarkInt", "Irrelevant",
            "OFMarkInt", "Irrelevant");

    private static final List<String> NO_VALUE = List.of("Irrelevant", "NotUnderstood");

    private final IscsiOptions options;
    private final Map<String, String> offers = new LinkedHashMap<>();

    Negotiation(IscsiOptions options) {
        this.options = options;
        String burst = Integer.toString(Math.max(SMALLEST_OFFER, options.transferBytes()));
        offers.put("HeaderDigest", options.headerDigest().offer());
        offers.put("DataDigest", options.dataDigest().offer());
        offers.put("MaxRecvDataSegmentLength", Integer.toString(receiveSegment()));
        offers.put("InitialR2T", "No");
        offers.put("ImmediateData", "Yes");
        offers.put("MaxBurstLength", burst);
        offers.put("FirstBurstLength", burst);
        offers.put("MaxOutstandingR2T", "1");
        offers.put("MaxConnections", "1");
        offers.put("DataPDUInOrder", "Yes");
        offers.put("DataSequenceInOrder", "Yes");
        offers.put("ErrorRecoveryLevel", "0");
        offers.put("DefaultTime2Wait", "0");
        offers.put("DefaultTime2Retain", "0");
    }

    /** What both sides will keep to. */
    record Agreed(
            int sendSegment,
            int firstBurst,
            int maxBurst,
            boolean initialR2T,
            boolean immediateData,
            boolean headerDigest,
            boolean dataDigest) {}

    /** The keys to send. */
    Map<String, String> offers() {
        return offers;
    }

    /** The longest data segment we take. */
    int receiveSegment() {
        return Math.max(SMALLEST_OFFER, options.transferBytes());
    }

    /** Our answers to keys that the target has brought up of itself. */
    Map<String, String> answers(Map<String, String> fromTarget) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String key : fromTarget.keySet()) {
            if (!offers.containsKey(key) && !DECLARED.contains(key)) {
                answers.put(key, ANSWERS.getOrDefault(key, "NotUnderstood"));
            }
        }
        return answers;
    }

    /** The result of the negotiation; refuses answers outside of what was offered. */
    Agreed agree(Map<String, String> answers) throws IscsiException {
        int offered = Math.max(SMALLEST_OFFER, options.transferBytes());
        int maxBurst = Math.min(offered, number(answers, "MaxBurstLength", DEFAULT_MAX_BURST));
        int firstBurst = Math.min(offered, number(answers, "FirstBurstLength", DEFAULT_FIRST_BURST));
        return new Agreed(
                number(answers, "MaxRecvDataSegmentLength", DEFAULT_SEGMENT),
                Math.min(firstBurst, maxBurst),
                maxBurst,
                yes(answers, "InitialR2T", true),
                yes(answers, "ImmediateData", true),
                digest(answers, "HeaderDigest", options.headerDigest()),
                digest(answers, "DataDigest", options.dataDigest()));
    }

    private static String value(Map<String, String> answers, String key, String otherwise) throws IscsiException {
        String value = answers.getOrDefault(key, otherwise);
        if (value.equals("Reject")) {
            throw new IscsiException("the target rejects our offer of " + key);
        }
        return NO_VALUE.contains(value) ? otherwise : value;
    }

    private static int number(Map<String, String> answers, String key, int otherwise) throws IscsiException {
        String text = value(answers, key, Integer.toString(otherwise));
        try {
            int number = Integer.decode(text);
            if (number >= SMALLEST && number <= LARGEST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below like a number out of range
        }
        throw unusable(key, text, "a number from " + SMALLEST + " to " + LARGEST);
    }

    private static boolean yes(Map<String, String> answers, String key, boolean otherwise) throws IscsiException {
        String text = value(answers, key, otherwise ? "Yes" : "No");
        if (!text.equals("Yes") && !text.equals("No")) {
            throw unusable(key, text, "Yes or No");
        }
        return text.equals("Yes");
    }

    private static boolean digest(Map<String, String> answers, String key, DigestPolicy policy) throws IscsiException {
        String text = value(answers, key, "None");
        if (!List.of(policy.offer().split(",")).contains(text)) {
            throw unusable(key, text, policy.offer());
        }
        return text.equals("CRC32C");
    }

    private static IscsiException unusable(String key, String value, String expected) {
        return new IscsiException(
                "the target answers " + key + "=" + Words.printable(value) + ", expected " + expected);
    }
}
