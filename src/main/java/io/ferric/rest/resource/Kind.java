package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.Registry;
import io.ferric.node.Entry;
import io.ferric.rest.auth.Right;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What tells one kind of entry from another at the REST API.
 *
 * @param noun what a message calls one, such as {@code port}
 * @param path where they are below {@code /v1}; its last part names them in a list
 * @param value what they are inside, the source of what can be sent
 * @param shown what they are outside, the source of what is shown and since which version
 * @param summary what a list without details shows
 * @param detailSince the version since which {@code detail} may stand in the query
 * @param filters what a list can be narrowed by
 * @param defaults of the fields that have one other than nothing
 * @param below what has an address below each
 * @param rights who may do what with them
 * @param guarded fields that not everybody sees who sees the entry
 */
record Kind<T extends Record & Entry>(
        String noun,
        List<String> path,
        Class<T> value,
        Class<? extends Record> shown,
        List<String> summary,
        int detailSince,
        Set<String> filters,
        Map<String, Object> defaults,
        List<String> below,
        RecordRights rights,
        Map<String, Right> guarded,
        Function<Conductor, Registry<T>> registry) {

    /** The name of a list of them. */
    String plural() {
        return path.get(path.size() - 1);
    }
}
