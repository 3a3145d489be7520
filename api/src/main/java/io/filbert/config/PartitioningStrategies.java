// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.serialization.PartitionAware;
import org.jspecify.annotations.Nullable;

/** The strategies that {@link PartitioningStrategy} offers. */
enum PartitioningStrategies implements PartitioningStrategy {
    PARTITION_AWARE {
        @Override
        public @Nullable Object partitionKey(Object object) {
            return object instanceof PartitionAware aware ? aware.getPartitionKey() : null;
        }
    },
    STRING {
        @Override
        public @Nullable Object partitionKey(Object object) {
            int at = object instanceof String text ? text.indexOf('@') : -1;
            return at < 0 ? null : ((String) object).substring(at + 1);
        }
    },
    STRING_AND_PARTITION_AWARE {
        @Override
        public @Nullable Object partitionKey(Object object) {
            return (object instanceof String ? STRING : PARTITION_AWARE).partitionKey(object);
        }
    }
}
