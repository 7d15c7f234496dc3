package io.ferric.ilo;

import io.ferric.driver.BmcAction;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.ShownUrl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * An iLO of which questions are asked as ever, but nothing is changed by who has lost the node, and every change is
 * recorded: what changes something at a server is what returns nothing.
 */
final class FencedIlo {
    private final IloClient ilo;
    private final String address;
    private final Task task;

    private FencedIlo(IloClient ilo, String address, Task task) {
        this.ilo = ilo;
        this.address = address;
        this.task = task;
    }

    /** @param address of the iLO, for the record */
    static IloClient of(IloClient ilo, String address, Task task) {
        FencedIlo fenced = new FencedIlo(ilo, address, task);
        return (IloClient) Proxy.newProxyInstance(
                IloClient.class.getClassLoader(),
                new Class<?>[] {IloClient.class},
                (proxy, method, arguments) -> fenced.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) {
        return method.getReturnType() == void.class ? change(method, arguments) : invoke(ilo, method, arguments);
    }

    private Object change(Method method, Object[] arguments) {
        task.ensureHeld();
        String protocol;
        try {
            protocol = ilo.ask(client -> Optional.ofNullable(invoke(client, method, arguments)))
                    .protocol()
                    .name();
        } catch (RuntimeException e) {
            record(method, arguments, protocolOfFailure(), String.valueOf(e.getMessage()));
            throw e;
        }
        record(method, arguments, protocol, BmcAction.DONE);
        return null;
    }

    /** An iLO that does not answer may not have told what it speaks. */
    private String protocolOfFailure() {
        try {
            return ilo.protocol().name();
        } catch (RuntimeException e) {
            return "unknown";
        }
    }

    private void record(Method method, Object[] arguments, String protocol, String result) {
        task.acted(new BmcAction(words(method, arguments), address, protocol, result));
    }

    /** Such as {@code insert media CDROM http://10.0.0.1/.../boot.iso}; of settings only which. */
    private static String words(Method method, Object[] arguments) {
        StringJoiner words = new StringJoiner(" ");
        words.add(method.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof URI url) {
                words.add(ShownUrl.of(url.toString()));
            } else if (argument instanceof Map<?, ?> settings) {
                words.add(settings.keySet().toString());
            } else {
                words.add(String.valueOf(argument));
            }
        }
        return words.toString();
    }

    private static Object invoke(IloClient ilo, Method method, Object[] arguments) {
        try {
            return method.invoke(ilo, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
