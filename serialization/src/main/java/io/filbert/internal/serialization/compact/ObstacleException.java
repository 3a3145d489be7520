// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

/** Says why a class cannot be written field by field, and what to change. Never leaves this package. */
@SuppressWarnings("serial")
final class ObstacleException extends Exception {

    ObstacleException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
