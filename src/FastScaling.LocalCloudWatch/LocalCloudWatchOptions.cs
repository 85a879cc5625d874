using System.Security.Cryptography.X509Certificates;

namespace FastScaling.LocalCloudWatch;

/// <summary>How a <see cref="LocalCloudWatchServer"/> listens, what it checks and whom it tells. Read once, at the start.</summary>
public sealed class LocalCloudWatchOptions
{
    /// <summary>The TCP port on the loopback address.</summary>
    /// <value>The default is 0: any free port. Allowed: 0 to 65535.</value>
    public int Port { get; set; }

    /// <summary>The server certificate, with its private key. When set, the server speaks HTTPS and nothing else.</summary>
    /// <value>The default is <see langword="null"/>: plain HTTP.</value>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether the TCP connection is closed after every reply, as if there were no keep-alive.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool CloseConnectionAfterReply { get; set; }

    /// <summary>
    /// The secret access key for each access key id. When not empty, Signature Version 4 is fully verified: signature, body hash, signed
    /// headers, and a clock at most 5 minutes off. When empty, only the shape of the Authorization header is checked.
    /// </summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> SecretAccessKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The clock: default timestamps, the accepted window of timestamps, retention, and the age of signatures.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Called after each accepted PutMetricData, before its reply is sent, on the thread that serves the call; calls may overlap. What it
    /// throws is ignored.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<PutMetricDataReceipt>? Received { get; set; }

    /// <summary>
    /// Called after each refused call, of any operation, before its reply is sent, on the thread that serves the call; calls may overlap.
    /// What it throws is ignored.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<RejectedCall>? Rejected { get; set; }
}
