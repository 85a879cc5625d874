namespace FastScaling.LocalCloudWatch.Protocols;

internal readonly record struct WireCall(string Operation, IWireNode Input);
