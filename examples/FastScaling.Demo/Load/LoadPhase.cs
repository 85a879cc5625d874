namespace FastScaling.Demo.Load;

internal enum LoadPhase
{
    Steady,
    Surge,
    After,
    Ended,
}
