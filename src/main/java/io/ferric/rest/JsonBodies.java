package io.ferric.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.eclipse.jetty.http.HttpException;

/**
 * Reads bodies as JSON trees, so that each resource can say in plain words what is wrong with them, and writes records as
 * JSON.
 */
@Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
@Produces(MediaType.APPLICATION_JSON)
final class JsonBodies implements MessageBodyReader<JsonNode>, MessageBodyWriter<Object> {
    static final String BROKEN_FRAME = "The body ended before its time or is not framed as its headers say.";

    /** 4 MiB, as much as a list of 1,000 nodes with details takes. */
    private static final int SPARE_PIECES = 64;

    private final Pieces.Spare spare = new Pieces.Spare(SPARE_PIECES);
    private final ObjectMapper json;

    JsonBodies(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return JsonNode.class.isAssignableFrom(type);
    }

    /** @return {@code null} for an empty body, which some requests may have */
    @Override
    public JsonNode readFrom(
            Class<JsonNode> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        JsonNode value = parse(body);
        if (value.isMissingNode()) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw new RequestRefused(
                    400, "The body must be a JSON " + (ArrayNode.class.equals(type) ? "list." : "object."));
        }
        return value;
    }

    private JsonNode parse(InputStream body) {
        try {
            JsonNode value = json.readTree(body);
            refuseInfinite(value);
            return value;
        } catch (StreamConstraintsException e) {
            throw new RequestRefused(
                    400,
                    "The body is nested deeper than " + Json.MAX_DEPTH
                            + " levels, or holds a number of more than 1,000 digits or too long a text.");
        } catch (JsonProcessingException e) {
            boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
            throw new RequestRefused(
                    400,
                    (twice ? "The body has the same name twice in one object" : "The body is not JSON") + where(e)
                            + ".");
        } catch (IOException | HttpException.RuntimeException e) {
            throw new RequestRefused(400, BROKEN_FRAME);
        }
    }

    /** What no double can hold would be kept as infinite, which is not JSON. */
    private static void refuseInfinite(JsonNode value) {
        if (value.isFloatingPointNumber() && Double.isInfinite(value.doubleValue())) {
            throw new RequestRefused(400, "The body holds a number beyond 1.7e308, the largest that can be kept.");
        }
        value.forEach(JsonBodies::refuseInfinite);
    }

    /** The place alone: the parser's own words would repeat the text, which may be secret. */
    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ", see line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type != String.class;
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        Pieces all = new Pieces(spare); // before the first byte goes out, for what fails half-way must become an error
        try {
            json.writeValue(all, value);
        } catch (JsonMappingException e) { // around what a value threw that is made while it is written
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
        headers.putSingle(HttpHeaders.CONTENT_LENGTH, all.length());
        all.writeTo(body);
        all.giveBack(); // not when the write failed, for it may be under way still
    }
}
