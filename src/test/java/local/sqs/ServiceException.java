package local.sqs;

import local.http.RequestFault;

/** An error answer of the service: HTTP status, error type of the JSON protocol, code of the older query protocol. */
final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String code;

    private ServiceException(int status, String type, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
    }

    static ServiceException noSuchQueue() {
        return new ServiceException(
                400,
                "com.amazonaws.sqs#QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue",
                "The specified queue does not exist.");
    }

    static ServiceException unknownOperation(String operation) {
        return new ServiceException(
                400,
                "com.amazonaws.sqs#UnsupportedOperation",
                "AWS.SimpleQueueService.UnsupportedOperation",
                operation);
    }

    static ServiceException invalid(String message) {
        return new ServiceException(
                400, "com.amazonaws.sqs#InvalidParameterValueException", "InvalidParameterValue", message);
    }

    /** The service's refusal of a call. */
    static ServiceException of(RequestFault fault) {
        return switch (fault) {
            case DENIED ->
                new ServiceException(
                        403,
                        "com.amazonaws.sqs#AccessDeniedException",
                        "AccessDenied",
                        "Access to the resource is denied.");
            case THROTTLED ->
                new ServiceException(400, "com.amazonaws.sqs#RequestThrottled", "RequestThrottled", "Rate exceeded.");
            case UNAVAILABLE ->
                new ServiceException(
                        503,
                        "com.amazonaws.sqs#ServiceUnavailable",
                        "ServiceUnavailable",
                        "The service is unavailable.");
            default ->
                new ServiceException(500, "com.amazonaws.sqs#InternalFailure", "InternalFailure", "We are sorry.");
        };
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String code() {
        return code;
    }
}
