/** A stand-in for SQS: standard queues over the JSON protocol, with faults on request. */
package local.sqs;
