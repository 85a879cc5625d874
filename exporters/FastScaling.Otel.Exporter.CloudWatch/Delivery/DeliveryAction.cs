namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>The kinds of steps in a turn.</summary>
internal enum DeliveryAction
{
    /// <summary>The turn is over.</summary>
    End,

    /// <summary>Send the parcel.</summary>
    Send,

    /// <summary>Wait, then ask again.</summary>
    Wait,
}
