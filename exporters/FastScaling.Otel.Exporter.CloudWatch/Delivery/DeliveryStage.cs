namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>What a turn sends, in this order.</summary>
internal enum DeliveryStage
{
    /// <summary>The first request of live data.</summary>
    Live,

    /// <summary>More of them, when one was full.</summary>
    MoreLive,

    /// <summary>Data of requests that were taken apart.</summary>
    Suspects,

    /// <summary>Data that were not taken in earlier turns.</summary>
    Backlog,

    /// <summary>Nothing more.</summary>
    End,
}
