package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.RibclCommand.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * Answers RIBCL requests out of an {@link IloState}, document by document as an iLO 4 does (ilo-protocols a.1, a.2).
 */
final class RibclFrontEnd {
    private static final Set<String> BLOCKS =
            Set.of("SERVER_INFO", "RIB_INFO", "USER_INFO", "DIR_INFO", "RACK_INFO", "BLADESYSTEM_INFO", "SSO_INFO");

    private final IloState state;
    private final boolean unescapesPassword;
    private final RibclCommands commands;

    RibclFrontEnd(IloState state, IloIdentity identity, IloProfile profile, boolean unescapesPassword) {
        this.state = state;
        this.unescapesPassword = unescapesPassword;
        this.commands = new RibclCommands(state, identity, profile);
    }

    /** Answers one request body with the documents of one response body. */
    String answer(String body) {
        RibclAnswer answer = new RibclAnswer();
        try {
            RibclReader.Request request = RibclReader.read(body);
            RibclElement root = request.root();
            if (!root.name().equals("RIBCL") || root.children().isEmpty()) {
                throw RibclFault.syntax(0, "", "");
            }
            checkVersion(root, answer);
            for (RibclElement login : root.children()) {
                login(login, request.standardEntities(), answer);
            }
        } catch (RibclFault fault) {
            answer.fault(fault);
        }
        return answer.toString();
    }

    private static void checkVersion(RibclElement root, RibclAnswer answer) throws RibclFault {
        String version = root.attribute("VERSION").orElse("");
        if (version.isBlank()) {
            throw new RibclFault(RibclFault.UNRECORDED, "RIBCL version must not be blank.");
        }
        answer.ok();
        if (!version.equals("2.22") && !version.equals("2.23")) {
            answer.inform("Scripting utility should be updated to the latest version.");
        }
    }

    private void login(RibclElement login, boolean standardEntities, RibclAnswer answer) throws RibclFault {
        if (!login.name().equals("LOGIN")) {
            throw RibclFault.syntax(0, login.name(), "");
        }
        IloUser user = authenticate(login, standardEntities);
        answer.ok();
        for (RibclElement block : login.children()) {
            block(block, user, answer);
            answer.ok();
        }
        answer.ok();
    }

    private IloUser authenticate(RibclElement login, boolean standardEntities) throws RibclFault {
        Optional<IloUser> user = login.attribute("USER_LOGIN").flatMap(state.accounts()::find);
        String password = (unescapesPassword || standardEntities ? login.attribute("PASSWORD") : login.raw("PASSWORD"))
                .orElse("");
        boolean refused = state.struck(IloFault.LOGIN_FAILED);
        if (user.isEmpty()) {
            state.log(Kind.LOGIN_REJECTED, "");
            throw new RibclFault(RibclFault.NO_SUCH_USER, "User login name was not found.");
        }
        if (refused || state.accounts().check(user.get().login(), password).isEmpty()) {
            state.log(Kind.LOGIN_REJECTED, user.get().login());
            throw new RibclFault(RibclFault.LOGIN_FAILED, "Login failed.");
        }
        return user.get();
    }

    private void block(RibclElement block, IloUser user, RibclAnswer answer) {
        try {
            if (!BLOCKS.contains(block.name())) {
                throw RibclFault.syntax(0, block.name(), "");
            }
            String mode = block.attribute("MODE").orElse("");
            if (!mode.equals("read") && !mode.equals("write")) {
                throw new RibclFault(RibclFault.UNRECORDED, "Mode parameter must not be blank.");
            }
            answer.ok();
            for (RibclElement command : block.children()) {
                command(block.name(), mode.equals("write"), command, user, answer);
            }
        } catch (RibclFault fault) {
            answer.fault(fault);
        }
    }

    private void command(String block, boolean writable, RibclElement element, IloUser user, RibclAnswer answer) {
        try {
            state.log(Kind.COMMAND, element.name());
            RibclCommand command = find(block, element.name());
            check(command, writable, user);
            Outcome outcome = command.action().run(element);
            if (outcome.note().isEmpty()) {
                answer.ok(outcome.payload());
            } else {
                answer.note(outcome.note());
            }
        } catch (RibclFault fault) {
            answer.fault(fault);
        }
    }

    private RibclCommand find(String block, String name) throws RibclFault {
        if (state.struck(IloFault.UNKNOWN_COMMAND)) {
            throw RibclFault.syntax(1, name, name);
        }
        return commands.find(name)
                .filter(command -> command.block().equals(block))
                .orElseThrow(() -> RibclFault.syntax(1, name, name));
    }

    private static void check(RibclCommand command, boolean writable, IloUser user) throws RibclFault {
        if (command.write() && !writable) {
            throw new RibclFault(
                    RibclFault.UNRECORDED,
                    (command.block().equals("RIB_INFO") ? "RIB" : "Server")
                            + " information is open for read-only access. Write access is required for this operation.");
        }
        Optional<Privilege> missing =
                command.privilege().filter(p -> !user.privileges().contains(p));
        if (missing.isPresent()) {
            throw new RibclFault(
                    RibclFault.NO_PRIVILEGE,
                    "User does NOT have correct privilege for action. " + missing.get() + "_PRIV required.");
        }
    }
}
