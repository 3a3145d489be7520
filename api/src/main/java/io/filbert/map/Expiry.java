// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an entry expires: by its time to live, counted from its last change, or by its idle time, counted from its last read or change;
 * whichever is over first removes the entry. Each is as the map is configured on the members, none, or a duration. Immutable.
 *
 * <pre>{@code
 * Expiry.asConfigured()                                   // as a write without any expiry
 * Expiry.ofTtl(Duration.ofMinutes(30))                    // idle time as configured
 * Expiry.ofTtl(Duration.ofHours(8)).withMaxIdle(Duration.ofMinutes(30))
 * Expiry.ofMaxIdle(Duration.ofMinutes(30))                // time to live as configured
 * Expiry.none()                                           // neither, whatever is configured
 * }</pre>
 *
 * <p>Members keep both times in whole seconds; see {@link DistributedMap}.
 */
public final class Expiry {

    private static final Expiry AS_CONFIGURED = new Expiry(null, null);
    private static final Expiry NONE = new Expiry(Duration.ZERO, Duration.ZERO);

    private final @Nullable Duration ttl;
    private final @Nullable Duration maxIdle;

    private Expiry(@Nullable Duration ttl, @Nullable Duration maxIdle) {
        this.ttl = ttl;
        this.maxIdle = maxIdle;
    }

    /** Time to live and idle time as the map is configured on the members. */
    public static Expiry asConfigured() {
        return AS_CONFIGURED;
    }

    /** The entry never expires, whatever the configuration of the map says. */
    public static Expiry none() {
        return NONE;
    }

    /**
     * A time to live, and the idle time as the map is configured.
     *
     * @param ttl not negative; zero for none
     */
    public static Expiry ofTtl(Duration ttl) {
        return AS_CONFIGURED.withTtl(ttl);
    }

    /**
     * An idle time, and the time to live as the map is configured.
     *
     * @param maxIdle not negative; zero for none
     */
    public static Expiry ofMaxIdle(Duration maxIdle) {
        return AS_CONFIGURED.withMaxIdle(maxIdle);
    }

    /**
     * The same with this time to live.
     *
     * @param ttl not negative; zero for none
     */
    public Expiry withTtl(Duration ttl) {
        return new Expiry(checked(ttl, "ttl"), maxIdle);
    }

    /** The same without a time to live, whatever the configuration of the map says. */
    public Expiry withoutTtl() {
        return new Expiry(Duration.ZERO, maxIdle);
    }

    /**
     * The same with this idle time.
     *
     * @param maxIdle not negative; zero for none
     */
    public Expiry withMaxIdle(Duration maxIdle) {
        return new Expiry(ttl, checked(maxIdle, "maxIdle"));
    }

    /** The same without an idle time, whatever the configuration of the map says. */
    public Expiry withoutMaxIdle() {
        return new Expiry(ttl, Duration.ZERO);
    }

    private static Duration checked(Duration time, String what) {
        Objects.requireNonNull(time, what);
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + time);
        }
        return time;
    }

    /** The time to live; zero for none, null if it is as the map is configured. */
    public @Nullable Duration ttl() {
        return ttl;
    }

    /** The idle time; zero for none, null if it is as the map is configured. */
    public @Nullable Duration maxIdle() {
        return maxIdle;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expiry that && Objects.equals(ttl, that.ttl) && Objects.equals(maxIdle, that.maxIdle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ttl, maxIdle);
    }

    @Override
    public String toString() {
        return "Expiry(ttl " + text(ttl) + ", maxIdle " + text(maxIdle) + ")";
    }

    private static String text(@Nullable Duration time) {
        return time == null ? "as configured" : time.isZero() ? "none" : time.toString();
    }
}
