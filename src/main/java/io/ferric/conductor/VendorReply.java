package io.ferric.conductor;

import io.ferric.driver.VendorMethod;
import java.util.Map;

/**
 * How a vendor method took a call.
 *
 * @param mode {@code SYNC}: the body is the answer; {@code ASYNC}: accepted, work goes on (HTTP 202);
 *     {@code CONTINUES_DEPLOY}: accepted, no body (HTTP 200)
 */
public record VendorReply(VendorMethod.Mode mode, Map<String, Object> body) {}
