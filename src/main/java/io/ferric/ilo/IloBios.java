package io.ferric.ilo;

import io.ferric.driver.BiosInterface;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The BIOS settings, which only Redfish reaches: iLO 4 in Gen9 and later. What is changed takes effect at the next boot.
 * Safe for use by many threads.
 */
final class IloBios implements BiosInterface {
    /** More values than this are not listed in a message. */
    private static final int LISTED = 12;

    private final NodeIlo ilos;
    private final Insistence insistence;

    IloBios(NodeIlo ilos, Insistence insistence) {
        this.ilos = ilos;
        this.insistence = insistence;
    }

    @Override
    public List<Setting> settings(Task task) {
        return read(task).stream()
                .map(each -> new Setting(each.name(), each.value(), each.type(), each.allowed(), each.readOnly()))
                .toList();
    }

    /** Changes nothing unless all can be changed; settings that will be so anyway are not written. */
    @Override
    public void apply(Task task, Map<String, String> wanted) {
        Map<String, BiosSetting> known = byName(read(task));
        check(wanted, known);
        Map<String, String> changes = wanted.entrySet().stream()
                .filter(each -> !Optional.of(each.getValue())
                        .equals(known.get(each.getKey()).pending()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!changes.isEmpty()) {
            IloClient ilo = ilos.client(task);
            Offer.of(() -> insistence.on(() -> ilo.changeBios(changes)));
        }
    }

    @Override
    public void factoryReset(Task task) {
        IloClient ilo = ilos.client(task);
        Offer.of(() -> insistence.on(ilo::resetBios));
    }

    /** Which of these the server does not have yet, each with what it has. */
    Map<String, String> missing(Task task, Map<String, String> wanted) {
        Map<String, BiosSetting> known = byName(read(task));
        return wanted.entrySet().stream()
                .filter(each -> !Optional.of(each.getValue()).equals(value(known, each.getKey())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> value(known, each.getKey()).orElse("nothing that is told")));
    }

    private static Optional<String> value(Map<String, BiosSetting> known, String name) {
        return Optional.ofNullable(known.get(name)).flatMap(BiosSetting::value);
    }

    private List<BiosSetting> read(Task task) {
        IloClient ilo = ilos.client(task);
        return Offer.of(() -> insistence.get(ilo::biosSettings));
    }

    private static Map<String, BiosSetting> byName(List<BiosSetting> settings) {
        return settings.stream().collect(Collectors.toMap(BiosSetting::name, Function.identity(), (one, two) -> one));
    }

    private static void check(Map<String, String> wanted, Map<String, BiosSetting> known) {
        Findings findings = new Findings();
        wanted.forEach((name, value) -> check(name, value, Optional.ofNullable(known.get(name)), findings));
        findings.throwIfAny();
    }

    private static void check(String name, String value, Optional<BiosSetting> setting, Findings findings) {
        String field = Words.shown(name);
        if (setting.isEmpty()) {
            findings.invalid(field, "is no BIOS setting of this server; GET .../bios lists those it has.");
        } else if (setting.get().readOnly().orElse(false)) {
            findings.invalid(field, "is a BIOS setting that can only be read.");
        } else if (!setting.get().allowed().isEmpty()
                && !setting.get().allowed().contains(value)) {
            findings.invalid(
                    field,
                    "cannot be '" + Words.shown(value) + "'; it can be "
                            + listed(setting.get().allowed()) + ".");
        } else if (setting.get().type().equals(Optional.of("Integer")) && !value.matches("-?\\d{1,18}")) {
            findings.invalid(field, "is a whole number and cannot be '" + Words.shown(value) + "'.");
        }
    }

    private static String listed(List<String> values) {
        String some = values.stream().limit(LISTED).collect(Collectors.joining(", "));
        return values.size() > LISTED ? some + " or " + (values.size() - LISTED) + " other values" : some;
    }
}
