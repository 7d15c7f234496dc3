package io.ferric.ilo;

import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * An iLO of which questions are asked as ever, but nothing is changed by who has lost the node: what changes something at a
 * server is what returns nothing.
 */
final class FencedIlo {
    private final IloClient ilo;
    private final Task task;

    private FencedIlo(IloClient ilo, Task task) {
        this.ilo = ilo;
        this.task = task;
    }

    static IloClient of(IloClient ilo, Task task) {
        FencedIlo fenced = new FencedIlo(ilo, task);
        return (IloClient) Proxy.newProxyInstance(
                IloClient.class.getClassLoader(),
                new Class<?>[] {IloClient.class},
                (proxy, method, arguments) -> fenced.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getReturnType() == void.class) {
            task.ensureHeld();
        }
        try {
            return method.invoke(ilo, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
