package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.rest.data.Since;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One method on one path, as its resource declares it.
 *
 * @param path with its parameters in braces
 * @param since the minor microversion it came with
 */
record Operation(String verb, String path, int since, Method method) {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*(\\w+)[^}]*}");

    /** Every operation of every resource the server has, by path. */
    static List<Operation> all() {
        return Arrays.<Class<?>>stream(RestServer.RESOURCES)
                .flatMap(resource -> Stream.of(resource.getMethods())
                        .filter(each -> !each.isBridge())
                        .flatMap(each -> of(resource, each).stream()))
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::verb))
                .toList();
    }

    private static Optional<Operation> of(Class<?> resource, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                .filter(each -> each != null)
                .map(each -> new Operation(each.value(), pathOf(resource, method), since(resource, method), method))
                .findFirst();
    }

    private static String pathOf(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        String whole = resource.getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value());
        String plain = PARAMETER.matcher("/" + whole).replaceAll("{$1}").replaceAll("/+", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static int since(Class<?> resource, Method method) {
        return Stream.of(method.getAnnotation(Since.class), resource.getAnnotation(Since.class))
                .filter(each -> each != null)
                .map(Since::value)
                .findFirst()
                .orElse(1);
    }

    String key() {
        return verb + " " + path;
    }

    List<String> parameters() {
        return PARAMETER.matcher(path).results().map(each -> each.group(1)).toList();
    }

    /** The path with these values in the place of its parameters. */
    String filled(java.util.function.UnaryOperator<String> values) {
        return PARAMETER
                .matcher(path)
                .replaceAll(each -> java.util.regex.Matcher.quoteReplacement(values.apply(each.group(1))));
    }

    /** What the body is read as. */
    Optional<Class<?>> body() {
        return Arrays.stream(method.getParameters())
                .filter(each -> each.getAnnotations().length == 0)
                .<Class<?>>map(Parameter::getType)
                .findFirst();
    }

    boolean hasJsonBody() {
        return body().filter(JsonNode.class::isAssignableFrom).isPresent();
    }

    /** Names of the query that are declared and not read from {@code Query}. */
    List<String> declaredQuery() {
        return Arrays.stream(method.getParameters())
                .map(each -> each.getAnnotation(jakarta.ws.rs.QueryParam.class))
                .filter(each -> each != null)
                .map(jakarta.ws.rs.QueryParam::value)
                .toList();
    }

    /** The resource it belongs to, in words. */
    String tag() {
        return method.getDeclaringClass()
                .getSimpleName()
                .replaceFirst("Resource$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    /** The last part of the path that is no parameter. */
    String lastWord() {
        return Stream.of(path.split("/")).filter(each -> !each.startsWith("{")).reduce("", (a, b) -> b);
    }

    boolean ofOne() {
        return path.endsWith("}");
    }

    <A extends Annotation> boolean has(Class<A> annotation) {
        return method.isAnnotationPresent(annotation);
    }
}
