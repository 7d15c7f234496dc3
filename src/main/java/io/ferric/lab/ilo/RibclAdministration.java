package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclCommand.Outcome.DONE;
import static io.ferric.lab.ilo.RibclCommand.Outcome.payload;
import static io.ferric.lab.ilo.RibclCommand.read;
import static io.ferric.lab.ilo.RibclCommand.write;
import static io.ferric.lab.ilo.RibclXml.element;
import static io.ferric.lab.ilo.RibclXml.flat;
import static io.ferric.lab.ilo.RibclXml.join;
import static io.ferric.lab.ilo.RibclXml.value;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Light;
import io.ferric.lab.ilo.RibclCommand.Outcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The RIBCL commands about the iLO itself, its accounts, its licence, and what it knows of the server's health. */
final class RibclAdministration {
    private static final String SERVER = "SERVER_INFO";
    private static final String RIB = "RIB_INFO";
    private static final String USER = "USER_INFO";
    private static final int SHORTEST_PASSWORD = 8;
    private static final int TOO_SHORT = 0x0004;
    private static final Duration ABSENCE = Duration.ofSeconds(1);

    private final IloState state;
    private final IloProfile profile;
    private final RibclHealth health;
    private final RibclHostData hostData;

    RibclAdministration(IloState state, IloIdentity identity, IloProfile profile) {
        this.state = state;
        this.profile = profile;
        this.health = new RibclHealth(state, identity, profile);
        this.hostData = new RibclHostData(identity, state.hardware());
    }

    void addTo(Map<String, RibclCommand> table) {
        table.put("GET_EMBEDDED_HEALTH", read(SERVER, c -> payload(health.show())));
        table.put("GET_HOST_DATA", read(SERVER, c -> payload(hostData.show())));
        table.put("GET_POWER_READINGS", read(SERVER, c -> payload(powerReadings())));
        table.put(
                "GET_UID_STATUS",
                read(SERVER, c -> payload(flat("GET_UID_STATUS", "UID", state.light() == Light.OFF ? "OFF" : "ON"))));
        table.put("UID_CONTROL", write(SERVER, Privilege.RESET_SERVER, this::light));
        table.put("LICENSE", write(RIB, Privilege.CONFIG_ILO, this::license));
        table.put("RESET_RIB", write(RIB, Privilege.CONFIG_ILO, c -> {
            state.restartIlo(ABSENCE);
            return DONE;
        }));
        table.put("GET_ALL_USERS", read(USER, c -> payload(element("GET_ALL_USERS", join(logins())))));
        table.put("GET_ALL_USER_INFO", read(USER, c -> payload(element("GET_ALL_USER_INFO", join(users())))));
        table.put("GET_USER", read(USER, c -> payload(show(named(c)))));
        table.put("ADD_USER", write(USER, Privilege.ADMIN, this::add));
        table.put("MOD_USER", write(USER, Privilege.ADMIN, this::modify));
        table.put("DELETE_USER", write(USER, Privilege.ADMIN, this::delete));
    }

    private String powerReadings() {
        int now = health.watts();
        return element(
                "GET_POWER_READINGS",
                value("PRESENT_POWER_READING", now, "Watts"),
                value("AVERAGE_POWER_READING", now, "Watts"),
                value("MAXIMUM_POWER_READING", now + 40, "Watts"),
                value("MINIMUM_POWER_READING", Math.max(now - 5, 0), "Watts"));
    }

    private Outcome light(RibclElement command) throws RibclFault {
        state.light(RibclCommands.bool(command, "UID") ? Light.LIT : Light.OFF);
        return DONE;
    }

    private Outcome license(RibclElement command) throws RibclFault {
        if (command.child("DEACTIVATE").isPresent()) {
            state.license("iLO " + profile.generation() + " Standard");
            return DONE;
        }
        String key = command.child("ACTIVATE")
                .flatMap(activate -> activate.attribute("KEY"))
                .orElseThrow(() -> RibclFault.syntax(0, "LICENSE", ""));
        if (!key.replace("-", "").matches("[0-9A-Z]{25}")) {
            throw new RibclFault(RibclFault.LICENSE_KEY_ERROR, "License key error.");
        }
        state.license(profile.license());
        return DONE;
    }

    private Stream<String> logins() {
        return state.accounts().all().stream().map(user -> value("USER_LOGIN", user.login()));
    }

    private Stream<String> users() {
        return state.accounts().all().stream().map(RibclAdministration::show);
    }

    private static String show(IloUser user) {
        return flat(
                "GET_USER",
                "USER_NAME",
                user.login(),
                "USER_LOGIN",
                user.login(),
                "PASSWORD",
                "%user_password%",
                "ADMIN_PRIV",
                yes(user, Privilege.ADMIN),
                "REMOTE_CONS_PRIV",
                yes(user, Privilege.REMOTE_CONS),
                "RESET_SERVER_PRIV",
                yes(user, Privilege.RESET_SERVER),
                "VIRTUAL_MEDIA_PRIV",
                yes(user, Privilege.VIRTUAL_MEDIA),
                "CONFIG_ILO_PRIV",
                yes(user, Privilege.CONFIG_ILO));
    }

    private static String yes(IloUser user, Privilege privilege) {
        return user.privileges().contains(privilege) ? "Y" : "N";
    }

    private IloUser named(RibclElement command) throws RibclFault {
        return command.attribute("USER_LOGIN")
                .flatMap(state.accounts()::find)
                .orElseThrow(() -> new RibclFault(RibclFault.NO_SUCH_USER, "User login name was not found."));
    }

    private Outcome add(RibclElement command) throws RibclFault {
        String login = command.attribute("USER_LOGIN").orElseThrow(() -> RibclFault.syntax(0, "ADD_USER", ""));
        String password = longEnough(command.attribute("PASSWORD").orElse(""));
        return put(new IloUser(login, password, privileges(command, EnumSet.noneOf(Privilege.class))));
    }

    private Outcome modify(RibclElement command) throws RibclFault {
        IloUser user = named(command);
        Optional<String> password = command.child("PASSWORD").flatMap(child -> child.attribute("VALUE"));
        return put(new IloUser(
                user.login(),
                password.isPresent() ? longEnough(password.get()) : user.password(),
                privileges(command, user.privileges())));
    }

    private Outcome put(IloUser user) {
        state.accounts().put(user);
        state.log(Kind.ACCOUNT, user.login());
        return DONE;
    }

    private Outcome delete(RibclElement command) throws RibclFault {
        String login = named(command).login();
        state.accounts().remove(login);
        state.log(Kind.ACCOUNT, login);
        return DONE;
    }

    private static String longEnough(String password) throws RibclFault {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new RibclFault(TOO_SHORT, "Password is too short.");
        }
        return password;
    }

    private static Set<Privilege> privileges(RibclElement command, Set<Privilege> before) throws RibclFault {
        Set<Privilege> all = EnumSet.noneOf(Privilege.class);
        all.addAll(before);
        for (Privilege privilege : Privilege.values()) {
            Optional<RibclElement> child = command.child(privilege + "_PRIV");
            if (child.isPresent() && RibclCommands.bool(child.get(), "VALUE")) {
                all.add(privilege);
            } else if (child.isPresent()) {
                all.remove(privilege);
            }
        }
        return all;
    }
}
