// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol.codec;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.Wire;
import io.filbert.internal.protocol.WireType;
import io.filbert.internal.protocol.WireTypes;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.util.List;

/** The response that reports a failure: the exception first, then its causes from the outside in. */
public final class ErrorsCodec {
    public static final int RESPONSE_TYPE = MessageHeader.ERROR_TYPE;

    private static final int FIRST_FRAME_BYTES = MessageHeader.FRAME_HEADER_BYTES + 13;
    private static final WireType<List<ErrorHolder>> ERRORS = WireTypes.list(ErrorHolderType.INSTANCE);

    private ErrorsCodec() {}

    public static byte[] encode(List<ErrorHolder> errors) {
        byte[] out = Wire.newResponse(RESPONSE_TYPE, FIRST_FRAME_BYTES, FIRST_FRAME_BYTES + ERRORS.size(errors));
        ERRORS.put(out, FIRST_FRAME_BYTES, errors);
        return Wire.finish(out, out.length - MessageHeader.FRAME_HEADER_BYTES);
    }

    public static List<ErrorHolder> decode(MessageReader in) {
        in.begin(RESPONSE_TYPE, 13);
        return ERRORS.read(in);
    }
}
