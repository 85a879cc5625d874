// Labs and browsers wait most of the time: more of them can run than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
