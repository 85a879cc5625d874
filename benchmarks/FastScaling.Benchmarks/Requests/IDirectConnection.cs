namespace FastScaling.Benchmarks.Requests;

/// <summary>Sends one request after the other into the hosting layer.</summary>
internal interface IDirectConnection
{
    /// <summary>Handles one request to its end and returns the status code.</summary>
    int Request();
}
