package io.ferric.lab.iscsi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operational parameters of a session while they are negotiated (RFC 7143, section 13). */
final class Negotiation {
    private final TargetLimits limits;

    private int initiatorSegment = 8192;
    private int firstBurst = 65536;
    private int maxBurst = 262144;
    private boolean initialR2t = true;
    private boolean immediateData = true;
    private boolean headerDigest;
    private boolean dataDigest;
    private boolean declared;

    Negotiation(TargetLimits limits) {
        this.limits = limits;
    }

    /** The outcome, once login is over. */
    record Agreed(
            int initiatorSegment,
            int firstBurst,
            int maxBurst,
            boolean initialR2t,
            boolean immediateData,
            boolean headerDigest,
            boolean dataDigest) {}

    Agreed agreed() {
        return new Agreed(
                initiatorSegment,
                Math.min(firstBurst, maxBurst),
                maxBurst,
                initialR2t,
                immediateData,
                headerDigest,
                dataDigest);
    }

    /** Answers the operational keys among those offered; declares what the target takes, once. */
    Map<String, String> answer(Map<String, String> offered) throws ProtocolException {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> offer : offered.entrySet()) {
            String answer = answer(offer.getKey(), offer.getValue());
            if (!answer.isEmpty()) {
                answers.put(offer.getKey(), answer);
            }
        }
        if (!declared) {
            declared = true;
            answers.put("MaxRecvDataSegmentLength", Integer.toString(limits.maxRecvDataSegment()));
        }
        return answers;
    }

    private String answer(String key, String value) throws ProtocolException {
        return switch (key) {
            case "InitiatorName", "InitiatorAlias", "SessionType", "TargetName", "AuthMethod" -> "";
            case "MaxRecvDataSegmentLength" -> {
                initiatorSegment = number(key, value, 512, 0xFFFFFF);
                yield "";
            }
            case "HeaderDigest" -> {
                headerDigest = digest(value);
                yield headerDigest ? "CRC32C" : "None";
            }
            case "DataDigest" -> {
                dataDigest = digest(value);
                yield dataDigest ? "CRC32C" : "None";
            }
            case "InitialR2T" -> {
                initialR2t = bool(key, value) || limits.initialR2t();
                yield yesNo(initialR2t);
            }
            case "ImmediateData" -> {
                immediateData = bool(key, value) && limits.immediateData();
                yield yesNo(immediateData);
            }
            case "FirstBurstLength" -> {
                firstBurst = Math.min(number(key, value, 512, 0xFFFFFF), limits.firstBurst());
                yield Integer.toString(firstBurst);
            }
            case "MaxBurstLength" -> {
                maxBurst = Math.min(number(key, value, 512, 0xFFFFFF), limits.maxBurst());
                yield Integer.toString(maxBurst);
            }
            case "MaxConnections", "MaxOutstandingR2T" -> "1";
            case "DefaultTime2Wait" -> value;
            case "DefaultTime2Retain", "ErrorRecoveryLevel" -> "0";
            case "DataPDUInOrder", "DataSequenceInOrder" -> "Yes";
            case "IFMarker", "OFMarker" -> "No";
            default -> "NotUnderstood";
        };
    }

    private static boolean digest(String offered) throws ProtocolException {
        for (String choice : List.of(offered.split(","))) {
            if (choice.equals("CRC32C") || choice.equals("None")) {
                return choice.equals("CRC32C");
            }
        }
        throw new ProtocolException("no digest that is known among " + offered);
    }

    private static int number(String key, String value, int least, int most) throws ProtocolException {
        try {
            int number = Integer.decode(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one complaint
        }
        throw new ProtocolException(key + "=" + value + " is not a number of " + least + " to " + most);
    }

    private static boolean bool(String key, String value) throws ProtocolException {
        if (!value.equals("Yes") && !value.equals("No")) {
            throw new ProtocolException(key + "=" + value + " is neither Yes nor No");
        }
        return value.equals("Yes");
    }

    private static String yesNo(boolean value) {
        return value ? "Yes" : "No";
    }
}
